"""What an event does: a client's request, a publication of Redis, a gap in a room's stream."""
