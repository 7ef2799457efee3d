"""A Redis for commands: the running server's, or, while no server runs, our own for as long as the command takes."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from chat.sync import recovery
from project.server.errors import StartError
from project.server.instance_lock import InstanceLock
from project.server.redis.embedded import EmbeddedRedis


@contextmanager
def live_redis() -> Iterator[bool]:
    """Give whether a server may be running. Starts our own Redis if that is what the server would do, and no server runs."""
    if not settings.EMBEDDED_REDIS:
        yield True
        return
    lock = InstanceLock(settings.DATA_DIR)
    try:
        lock.acquire()
    except StartError:
        yield True
        return
    redis = EmbeddedRedis(settings.DATA_DIR)
    try:
        redis.start()
        recovery.recover_all()
        yield False
    finally:
        redis.stop()
        lock.release()
