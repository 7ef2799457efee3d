"""What all processes count together."""

from typing import NamedTuple

import redis

from chat.live.redis import keys
from chat.live.redis.client import answering
from chat.live.redis.scripts import ScriptRunner


class Stalls(NamedTuple):
    """How often an event loop stood still, for how long in all, and at worst."""

    times: int
    total_ms: int
    worst_ms: int


class MetricStore:
    """Counters in one hash."""

    def __init__(self, client: redis.Redis, scripts: ScriptRunner) -> None:
        self._client = client
        self._scripts = scripts

    def count_stall(self, ms: int) -> None:
        """Add one stall of an event loop."""
        self._scripts.run("stall", {"metrics": keys.METRICS}, {"ms": ms})

    def stalls(self) -> Stalls:
        """Return those of all processes."""
        with answering():
            found = self._client.hmget(keys.METRICS, ["stalls", "stalled_ms", "worst_stall_ms"])
        return Stalls(*(int(value or 0) for value in found))
