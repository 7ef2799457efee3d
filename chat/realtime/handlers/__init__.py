"""One handler for each event that a client can send."""
