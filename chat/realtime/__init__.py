"""Live connections: from Socket.IO events to actions, and from Redis to every recipient."""
