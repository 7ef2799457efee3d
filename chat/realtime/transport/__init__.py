"""WebSockets on the event loop: knows nothing of rooms, people or messages."""
