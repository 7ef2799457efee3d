"""Sessions as live connections see them: lookup, listing and expiry."""
