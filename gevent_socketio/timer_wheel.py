"""The one timer of a process, for all its connections."""

import logging
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Protocol, Self

from gevent import get_hub

from gevent_socketio.interface import Options

log = logging.getLogger(__name__)

# Nothing that it times needs to be more exact, and every tick wakes a process that may have nothing else to do.
TICK_SECONDS = 0.1
# But who is given less time for an answer than is usual gets it as exactly.
_TICKS = 40
# A tick takes at most this many entries, or this share of all: after 20,000 connections came at once, their pings spread
# over two seconds and stay spread, because each is asked again a full delay after it was asked.
_FEWEST = 128
_SHARE = 16


class Entry(Protocol):
    """Something that wants to be asked again and again."""

    def on_tick(self, now: float) -> float:
        """Return in how many seconds to ask again; 0 to leave the wheel. `now` is monotonic. Must not block."""
        ...

    def abort(self) -> None:
        """End it, since its `on_tick` raised."""
        ...


class Wheel:
    """Asks every entry at its time, or a tick or more later when many are due; runs in the hub, so nobody may block."""

    def __init__(self, tick_seconds: float = TICK_SECONDS, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._tick_seconds = tick_seconds
        self._slots: dict[int, list[Entry]] = {}
        self._due: deque[Entry] = deque()
        self._last = self._tick_of(self._clock())
        self._count = 0
        self._timer: Any = None

    @classmethod
    def exact_for(cls, options: Options, clock: Callable[[], float] = time.monotonic) -> Self:
        """Return a wheel for connections on these terms."""
        return cls(min(TICK_SECONDS, min(options.ping_seconds, options.pong_seconds) / _TICKS), clock)

    def __len__(self) -> int:
        return self._count

    def start(self) -> None:
        """Begin to turn; it keeps no process alive."""
        if self._timer is None:
            self._timer = get_hub().loop.timer(self._tick_seconds, self._tick_seconds, ref=False)
            self._timer.start(self.turn)

    def stop(self) -> None:
        """Ask nobody any more."""
        if self._timer is not None:
            self._timer.close()
            self._timer = None

    def add(self, entry: Entry, seconds: float) -> None:
        """Ask this entry in so many seconds."""
        self._count += 1
        self._put(entry, self._clock() + seconds)

    def turn(self) -> None:
        """Ask those who are due."""
        now = self._clock()
        self._collect(self._tick_of(now))
        for _ in range(min(len(self._due), max(_FEWEST, self._count // _SHARE))):
            self._ask(self._due.popleft(), now)

    def _tick_of(self, moment: float) -> int:
        return int(moment / self._tick_seconds)

    def _put(self, entry: Entry, moment: float) -> None:
        tick = max(self._tick_of(moment), self._last) + 1
        self._slots.setdefault(tick, []).append(entry)

    def _collect(self, tick: int) -> None:
        for passed in range(self._last + 1, tick + 1):
            self._due.extend(self._slots.pop(passed, ()))
        self._last = max(self._last, tick)

    def _ask(self, entry: Entry, now: float) -> None:
        try:
            seconds = entry.on_tick(now)
        except Exception:
            log.exception("An entry of the wheel is ended")
            seconds = 0
            entry.abort()
        if seconds > 0:
            self._put(entry, now + seconds)
        else:
            self._count -= 1
