"""Who is where: connections in rooms, the subscriptions that follow them, and their heartbeat in Redis."""
