"""The archive of all messages in SQL: written about a second behind the live log."""
