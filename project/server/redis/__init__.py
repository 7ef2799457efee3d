"""Our own Redis: found, started, repaired and stopped."""
