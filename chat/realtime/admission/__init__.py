"""Which clients can connect."""
