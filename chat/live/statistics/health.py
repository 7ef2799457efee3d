"""How Redis and the archive are."""

from typing import NamedTuple

import redis

from chat.live.archiving import REPORT_SECONDS
from chat.live.redis import keys
from chat.live.redis.client import answering


class Memory(NamedTuple):
    """Redis's memory in bytes; `limit` 0: as much as the machine has."""

    used: int
    peak: int
    limit: int


class Lag(NamedTuple):
    """How far the archive was behind a moment ago: messages that were not in it, and the age of the oldest, in seconds."""

    messages: int
    seconds: float


class HealthStore:
    """Reads only."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    def memory(self) -> Memory:
        """Return what Redis says of its memory."""
        with answering():
            found = self._client.info("memory")
        return Memory(*(int(found.get(name, 0)) for name in ("used_memory", "used_memory_peak", "maxmemory")))

    def takes_writes(self) -> bool:
        """Whether Redis would take a write; raises ChatError unavailable, also if its disk is full: it refuses PING then."""
        with answering():
            self._client.ping()
            return bool(self._client.info("replication").get("role") == "master")

    def archive_lag(self) -> Lag:
        """Return what the archiver reported last; if that is REPORT_SECONDS ago, it is behind by so much at least."""
        with answering():
            messages, seconds = self._client.hmget(keys.ARCHIVE_LAG, ["messages", "seconds"])
        return Lag(int(messages or 0), REPORT_SECONDS if seconds is None else float(seconds))

    def holds_rooms(self) -> bool:
        """Whether there is a live room of this installation."""
        with answering():
            return next(iter(self._client.scan_iter(keys.ROOMS, count=1_000)), None) is not None
