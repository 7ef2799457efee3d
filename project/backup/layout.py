"""What the files of a backup are called: as in DATA_DIR, so that unpacking them there by hand restores them, too."""

SQLITE = "parley.sqlite3"
POSTGRESQL = "parley.pgdump"
REDIS = "redis"
# What Redis and Valkey read at their start: a saved state is the beginning of a log that has nothing else yet.
LIVE_STATE = f"{REDIS}/appendonlydir/appendonly.aof.1.base.rdb"
LOG_MANIFEST = f"{REDIS}/appendonlydir/appendonly.aof.manifest"
LOG_MANIFEST_TEXT = "file appendonly.aof.1.base.rdb seq 1 type b\n"
SECRET_KEY = "secret_key"
ALL_PARTS = frozenset({SQLITE, POSTGRESQL, LIVE_STATE, LOG_MANIFEST, SECRET_KEY})
