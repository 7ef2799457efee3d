"""How long messages took to reach the processes that show them, counted together, by the hour (UTC)."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from chat.live.redis import keys
from chat.live.redis.scripts import ScriptRunner

# The upper ends, in ms, of what is counted together; whatever took longer counts as the last.
EDGES = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 70, 100, 150, 200, 300, 500, 700, 1_000, 2_000, 5_000, 10_000)
KEPT = timedelta(days=15)
_GAPS = "gaps"


class Hour(NamedTuple):
    """One hour: how many messages took up to so many ms, and how many were read again because Redis's word was lost."""

    counts: Mapping[int, int]
    gaps: int

    @property
    def messages(self) -> int:
        return sum(self.counts.values())

    def percentile(self, percent: int) -> int | None:
        """Return within how many ms so many of a hundred messages came; None where there was none."""
        wanted, seen = self.messages * percent / 100, 0
        for edge in sorted(self.counts):
            seen += self.counts[edge]
            if seen >= wanted:
                return edge
        return None


class DeliveryStore:
    """A hash a day, of at most 24 times 27 numbers."""

    def __init__(self, scripts: ScriptRunner) -> None:
        self._scripts = scripts

    def add(self, now: datetime, took: Mapping[int, int], gaps: int) -> None:
        """Add what one process counted: ms -> messages, and messages that its subscription missed."""
        edges: Counter[int] = Counter()
        for ms, count in took.items():
            edges[_edge(ms)] += count
        name = keys.metrics_of(now.date())
        counted = [*edges.items(), *([(_GAPS, gaps)] if gaps else [])]
        counts = [("HINCRBY", name, f"{now.hour}|{what}", count) for what, count in counted]
        self._scripts.ask([*counts, ("EXPIRE", name, int(KEPT.total_seconds()))])

    def hours(self, day: date) -> list[Hour]:
        """Return the 24 hours of a day."""
        [fields] = self._scripts.ask([("HGETALL", keys.metrics_of(day))])
        counts: list[dict[int, int]] = [{} for _ in range(24)]
        gaps = [0] * 24
        for field, value in zip(fields[::2], fields[1::2], strict=True):
            hour, what = field.decode().split("|")
            if what == _GAPS:
                gaps[int(hour)] = int(value)
            else:
                counts[int(hour)][int(what)] = int(value)
        return [Hour(*both) for both in zip(counts, gaps, strict=True)]


def _edge(ms: int) -> int:
    return EDGES[min(bisect_left(EDGES, ms), len(EDGES) - 1)]
