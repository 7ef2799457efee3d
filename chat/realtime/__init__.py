"""Live connections: requests of clients become actions, and what Redis publishes reaches every recipient."""
