"""What the files of a backup are called: as in DATA_DIR, so that unpacking them there by hand restores them, too."""

SQLITE = "parley.sqlite3"
POSTGRESQL = "parley.pgdump"
# Redis of every version reads this name at its start, and takes a saved state for the beginning of its log.
LIVE_STATE = "redis/appendonly.aof"
SECRET_KEY = "secret_key"
