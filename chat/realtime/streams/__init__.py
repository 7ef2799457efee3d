"""What reaches a connection in order: rooms' messages and amendments, and people's own events."""
