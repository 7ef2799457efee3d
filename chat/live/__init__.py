"""The live state in Redis: rooms, messages, presence and limits. Only this package talks to Redis."""
