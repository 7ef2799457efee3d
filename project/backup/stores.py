"""The stores of this installation as a backup finds them: whether a server runs on them, and Redis for as long as it takes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from chat.live.live_state import live_state
from chat.live.redis.client import connect
from chat.live.statistics.activity import ActivityStore
from project.backup.errors import BackupError
from project.server.errors import StartError
from project.server.instance_lock import InstanceLock
from project.server.redis.control_socket import is_ready
from project.server.redis.embedded import EmbeddedRedis

SQLITE = "project.sqlite"


def sqlite_path() -> Path | None:
    """Return the file of the record, or nothing where that is PostgreSQL."""
    database = settings.DATABASES["default"]
    return Path(database["NAME"]) if database["ENGINE"] == SQLITE else None


def redis_socket() -> Path:
    """Return the socket of our own Redis."""
    socket: Path = settings.DATA_DIR / "redis.sock"
    return socket


@contextmanager
def redis_running() -> Iterator[bool]:
    """Redis answers while this lasts; gives whether a server runs, which goes on archiving. Raises StartError."""
    if not settings.EMBEDDED_REDIS:
        yield live_state().activity.servers() > 0
    elif is_ready(redis_socket()) and _is_locked():
        yield True
    else:
        with InstanceLock(settings.DATA_DIR):
            redis = EmbeddedRedis(settings.DATA_DIR)
            redis.start()
            try:
                yield False
            finally:
                redis.stop()


@contextmanager
def no_server_running() -> Iterator[None]:
    """Nothing runs on this installation while this lasts. Raises StartError."""
    with InstanceLock(settings.DATA_DIR):
        # By a connection of its own: `live_state` would look into the record, which need not be there yet.
        if not settings.EMBEDDED_REDIS and ActivityStore(connect(settings.REDIS_URL)).servers():
            raise BackupError("a Parley server uses the Redis at REDIS_URL; stop it first")
        yield


def _is_locked() -> bool:
    try:
        with InstanceLock(settings.DATA_DIR):
            return False
    except StartError:
        return True
