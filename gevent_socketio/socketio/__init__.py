"""Socket.IO v5 sessions and packets."""
