"""Whether the Redis at the other end is this installation's: SQL and Redis carry the same id.

Asked on each new connection before anything else, so that nothing is read from or written to another installation's Redis;
and each second by recovery's watch, for a Redis whose data was replaced under its connections.
"""

import logging
from collections.abc import Callable
from functools import cache
from typing import Any
from weakref import WeakSet

import redis

from chat.live.redis import keys

log = logging.getLogger(__name__)

# What the record says: the installation's id, and whether it has any room yet.
Identify = Callable[[], tuple[str, bool]]
# What names a live state from before installations had ids.
WITHOUT_ID = "without an id"


class ForeignRedis(redis.ConnectionError):
    """Another installation's live state is in this Redis. For all who ask it is as if Redis did not answer."""

    def __init__(self, theirs: str, ours: str) -> None:
        super().__init__(
            f"Redis holds the live state of another installation ({theirs}); this database belongs to installation {ours}. "
            "Set REDIS_PREFIX, or use another database number or Redis in REDIS_URL, or empty this one if nobody needs it"
        )


class Ownership:
    """One process's check. `identify` reads the record; it is asked once."""

    def __init__(self, identify: Identify) -> None:
        self._identify = identify
        self._identity = ("", False)
        self._admitted: WeakSet[Any] = WeakSet()
        self._refuses = False
        # Off while the caller itself says why it ends.
        self.reports = True

    @property
    def id(self) -> str:
        """This installation's id; "" for a command that runs before the record has tables."""
        if not self._identity[0]:
            self._identity = self._identify()
        return self._identity[0]

    def admit(self, connection: Any) -> None:
        """Prepare a connection, as redis-py's `redis_connect_func`; raises ForeignRedis. A Redis without an id becomes ours."""
        connection.on_connect()
        if not self.id:
            return
        try:
            holder = _ask(connection, "GET", keys.INSTALLATION) or self._claim(connection)
        except redis.ResponseError as error:
            raise redis.ConnectionError(f"Redis does not say whose it is: {error}") from error
        self._judge(holder.decode())
        self._admitted.add(connection)

    def check(self, holder: str) -> None:
        """Judge a Redis whose connections were admitted earlier; raises ForeignRedis after ending all of them."""
        try:
            self._judge(holder)
        except ForeignRedis:
            for connection in list(self._admitted):
                connection.disconnect()
            raise

    def _claim(self, connection: Any) -> bytes:
        """Write our id unless another is first, and return the one that is there."""
        # Rooms without an id, while the record has none: an installation's that has not been updated yet.
        if not self._identity[1] and _ask(connection, "EXISTS", keys.room(1)):
            return WITHOUT_ID.encode()
        _ask(connection, "SET", keys.INSTALLATION, self.id, "NX")
        return bytes(_ask(connection, "GET", keys.INSTALLATION) or b"")

    def _judge(self, holder: str) -> None:
        if holder != self.id:
            foreign = ForeignRedis(holder, self.id)
            if not self._refuses:
                self._refuses = True
                if self.reports:
                    log.error("%s. Nothing is served until then.", foreign)
            raise foreign
        if self._refuses:
            self._refuses = False
            log.warning("Redis holds this installation's live state again")


class OwnPool(redis.ConnectionPool):
    """The pool of Django's cache, whose connections are checked like all others."""

    def __init__(self, **options: Any) -> None:
        super().__init__(redis_connect_func=ownership().admit, **options)


_identify: Identify | None = None


def identify_by(identify: Identify) -> None:
    """Set what reads the record, which stands beside the stores and not below them."""
    global _identify
    _identify = identify


@cache
def ownership() -> Ownership:
    """Return this process's check."""
    assert _identify is not None
    return Ownership(_identify)


def require_own(client: redis.Redis) -> None:
    """Raise ForeignRedis, which is not logged then, if that is what is there. Others tell of a Redis that does not answer."""
    ownership().reports = False
    try:
        client.ping()
    except ForeignRedis:
        raise
    except redis.RedisError:
        return
    finally:
        ownership().reports = True


def _ask(connection: Any, *command: str) -> Any:
    connection.send_command(*command)
    return connection.read_response()
