"""Record to live state: projection on commit, recovery after a loss, and retries in between."""
