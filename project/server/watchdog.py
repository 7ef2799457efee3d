"""Tells when the event loop stands still, for how long and by what: everybody on this process waits for as long."""

import logging
import sys
import time
from collections.abc import Callable
from traceback import StackSummary, walk_stack
from typing import NamedTuple, Self

import gevent
from gevent import monkey

log = logging.getLogger(__name__)

STALL_SECONDS = 0.1
# Late enough to be worth a look at what runs, early enough to catch it before the stall is over.
SUSPICIOUS_SECONDS = 0.08
# libev's: of all that is due in a turn of the loop, what is called first, and what last.
_FIRST, _LAST = 2, -2
_RESTING = 0.0

# The system's own: gevent's would run in the very loop that is watched.
_start_thread = monkey.get_original("_thread", "start_new_thread")
_thread_id = monkey.get_original("_thread", "get_ident")
_sleep = monkey.get_original("time", "sleep")


class Stall(NamedTuple):
    """The loop stood still; `cpu_seconds` near zero: it waited, or the machine had no time for it."""

    seconds: float
    cpu_seconds: float
    stack: str

    @property
    def is_ours(self) -> bool:
        """Whether our own work took most of the time that counts as a stall; else the host was busy or asleep."""
        return self.cpu_seconds > STALL_SECONDS / 2


class Watchdog:
    """Watches the loop of the thread that enters it; tells `on_stall` in a greenlet once the loop goes on.

    It notes when the loop wakes and when it rests, and wakes it for nothing: beats of its own were 40 of 104 wakes a second of
    a server in use, at 50 µs each. gevent's own monitor pays for every switch of every greenlet, and does not see what runs in
    the loop's callbacks, which is where the transport works.
    """

    def __init__(self, on_stall: Callable[[Stall], None]) -> None:
        self._on_stall = on_stall
        loop = gevent.get_hub().loop
        self._wakes = loop.check(ref=False, priority=_FIRST)
        self._rests = loop.prepare(ref=False, priority=_LAST)
        self._watched = _thread_id()
        self._stopped = False
        self._began = _RESTING
        self._cpu = self._stalled = self._frozen = 0.0
        # When the turn began that was looked at last, and what it did then.
        self._seen: tuple[float, StackSummary | None] = (_RESTING, None)

    def __enter__(self) -> Self:
        self._on_wake()
        self._wakes.start(self._on_wake)
        self._rests.start(self._on_rest)
        _start_thread(self._watch, ())
        return self

    def __exit__(self, *error: object) -> None:
        self._stopped = True
        self._wakes.close()
        self._rests.close()

    def _on_wake(self) -> None:
        """In the loop: something is to be done."""
        self._began, self._cpu = time.monotonic(), time.thread_time()
        if self._frozen:
            self._tell(self._frozen, 0.0, "the whole process was not run\n")
            self._frozen = 0.0

    def _on_rest(self) -> None:
        """In the loop: all of it is done."""
        began, self._began = self._began, _RESTING
        now = time.monotonic()
        if began != _RESTING and now - began > STALL_SECONDS:
            self._stalled = now
            moment, stack = self._seen
            seen = "".join(stack.format()) if stack and moment == began else "seen too late\n"
            self._tell(now - began, time.thread_time() - self._cpu, seen)

    def _tell(self, seconds: float, cpu_seconds: float, stack: str) -> None:
        # Not here: a log that is slow to write would be the next stall.
        gevent.spawn(self._on_stall, Stall(seconds, cpu_seconds, stack))

    def _watch(self) -> None:
        """In a thread of its own: see what holds the loop up while it does. It only looks; locks and logs are the loop's."""
        while not self._stopped:
            began, now = self._began, time.monotonic()
            due = (began or now) + SUSPICIOUS_SECONDS
            if due > now:
                _sleep(due - now)
                woken = time.monotonic()
                if woken - due > STALL_SECONDS and not self._is_at_work(now, woken):
                    self._frozen = woken - now
            else:
                if self._seen[0] != began:
                    self._look(began)
                _sleep(SUSPICIOUS_SECONDS)

    def _is_at_work(self, since: float, now: float) -> bool:
        return self._stalled > since or (self._began != _RESTING and now - self._began > STALL_SECONDS)

    def _look(self, began: float) -> None:
        stack = StackSummary.extract(walk_stack(sys._current_frames().get(self._watched)), lookup_lines=False)
        stack.reverse()
        self._seen = (began, stack)


def log_stall(stall: Stall) -> None:
    """Write one line where it was our own doing; of a busy host nobody needs to hear each time. The stack is for DEBUG."""
    level = logging.WARNING if stall.is_ours else logging.DEBUG
    log.log(level, "The event loop stood still for %d ms, %d ms of CPU", *_ms(stall.seconds, stall.cpu_seconds))
    log.debug("What it did: %s", " < ".join(reversed([line.strip() for line in stall.stack.splitlines() if line])))


def _ms(*seconds: float) -> tuple[int, ...]:
    return tuple(round(1000 * one) for one in seconds)
