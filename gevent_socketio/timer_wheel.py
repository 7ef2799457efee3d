"""One timer for all connections of a server."""

import logging
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Protocol, Self

from gevent import get_hub

log = logging.getLogger(__name__)

# No timeout here needs more precision, and every tick wakes a process that is possibly idle.
TICK_SECONDS = 0.1
# Shorter timeouts than the usual ones are divided into at least this many ticks.
_TICKS_PER_TIMEOUT = 40
# A tick calls at most this many entries, or this share of all. When 20,000 clients connect at once, their pings spread over two
# seconds and stay spread, because each entry's next delay starts when it was called.
_MIN_PER_TICK = 128
_SHARE_PER_TICK = 16


class TimerEntry(Protocol):
    """Something that is called repeatedly."""

    def on_tick(self, now: float) -> float:
        """Return the seconds until the next call, or 0 to be removed. `now` is monotonic. Must not block."""
        ...

    def abort(self) -> None:
        """End it, because `on_tick` raised."""
        ...


class TimerWheel:
    """Calls each entry when its delay has passed, or a few ticks later if many are due. Runs in the hub."""

    def __init__(self, tick_seconds: float = TICK_SECONDS, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._tick_seconds = tick_seconds
        self._slots: dict[int, list[TimerEntry]] = {}
        self._due: deque[TimerEntry] = deque()
        self._last_tick = self._tick_at(self._clock())
        self._count = 0
        self._timer: Any = None

    @classmethod
    def for_timeouts(cls, *seconds: float, clock: Callable[[], float] = time.monotonic) -> Self:
        """Return a wheel that is precise enough for these timeouts."""
        return cls(min(TICK_SECONDS, min(seconds) / _TICKS_PER_TIMEOUT), clock)

    def __len__(self) -> int:
        return self._count

    def start(self) -> None:
        """Start the timer in the current hub, once; it does not keep the process alive."""
        if self._timer is None:
            self._timer = get_hub().loop.timer(self._tick_seconds, self._tick_seconds, ref=False)
            self._timer.start(self.advance)

    def stop(self) -> None:
        """Call no entry any more."""
        if self._timer is not None:
            self._timer.close()
            self._timer = None

    def add(self, entry: TimerEntry, seconds: float) -> None:
        """Call this entry after so many seconds."""
        self._count += 1
        self._schedule(entry, self._clock() + seconds)

    def advance(self) -> None:
        """Call the entries that are due."""
        now = self._clock()
        self._collect_due(self._tick_at(now))
        for _ in range(min(len(self._due), max(_MIN_PER_TICK, self._count // _SHARE_PER_TICK))):
            self._call(self._due.popleft(), now)

    def _tick_at(self, moment: float) -> int:
        return int(moment / self._tick_seconds)

    def _schedule(self, entry: TimerEntry, moment: float) -> None:
        # One tick late rather than early. Never into a slot that was collected already: it would not be looked at again.
        tick = max(self._tick_at(moment), self._last_tick) + 1
        self._slots.setdefault(tick, []).append(entry)

    def _collect_due(self, tick: int) -> None:
        for passed in range(self._last_tick + 1, tick + 1):
            self._due.extend(self._slots.pop(passed, ()))
        self._last_tick = max(self._last_tick, tick)

    def _call(self, entry: TimerEntry, now: float) -> None:
        try:
            seconds = entry.on_tick(now)
        except Exception:
            log.exception("A timer callback failed; its connection is closed")
            seconds = 0
            entry.abort()
        if seconds > 0:
            self._schedule(entry, now + seconds)
        else:
            self._count -= 1
