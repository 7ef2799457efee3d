"""The connection to Redis, tuned in one place."""

from collections.abc import Callable
from typing import Any

import redis
from redis.backoff import ExponentialWithJitterBackoff
from redis.retry import Retry

from chat.domain.errors import unavailable

POOL_SIZE = 32
# Longer than a slow fsync takes, short enough that a person is told the truth while they still look.
ANSWER_SECONDS = 5.0


def connect(url: str, admit: Callable[[Any], None] | None = None) -> redis.Redis:
    """Return a client whose callers wait for a free connection; the stock pool raises instead, and a flood loses messages.

    One retry, at once: every script may run twice (a resend is recognised, a beat repeated), and a connection that the
    server closed while idle is not worth an error. `admit` prepares each new connection in place of redis-py's own way.
    """
    pool = redis.BlockingConnectionPool.from_url(
        url,
        protocol=2,
        max_connections=POOL_SIZE,
        timeout=ANSWER_SECONDS,
        socket_timeout=ANSWER_SECONDS,
        socket_connect_timeout=ANSWER_SECONDS,
        retry=Retry(ExponentialWithJitterBackoff(base=0.05, cap=0.2), 1),
        health_check_interval=30,
        redis_connect_func=admit,
    )
    return redis.Redis(connection_pool=pool)


class answering:
    """Turns a Redis that does not answer into the error that clients know: nothing was decided, try again."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if means_unavailable(error):
            raise unavailable() from error


def means_unavailable(error: BaseException | None) -> bool:
    """Whether Redis cannot be reached, or takes nothing for now."""
    gone = redis.ConnectionError | redis.TimeoutError | redis.exceptions.BusyLoadingError
    full = redis.exceptions.OutOfMemoryError | redis.ReadOnlyError
    return isinstance(error, gone | full) or _refuses_writes(error)


def _refuses_writes(error: BaseException | None) -> bool:
    """A full disk answers every write with MISCONF: the append-only file cannot be written, so nothing is acknowledged."""
    return isinstance(error, redis.ResponseError) and "MISCONF" in str(error)
