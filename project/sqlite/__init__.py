"""The SQLite database backend: safe for many greenlets in one process."""
