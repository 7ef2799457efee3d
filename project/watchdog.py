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
# How often the loop notes the time: a stall is measured that much too long at most.
BEAT_SECONDS = 0.025
# Late enough to be worth a look at what runs, early enough to catch it before the stall is over.
SUSPICIOUS_SECONDS = 0.07

# The system's own: gevent's would run in the very loop that is watched.
_start_thread = monkey.get_original("_thread", "start_new_thread")
_thread_id = monkey.get_original("_thread", "get_ident")
_sleep = monkey.get_original("time", "sleep")


class Stall(NamedTuple):
    """The loop stood still; `cpu_seconds` near zero: it waited, or the machine had no time for it."""

    seconds: float
    cpu_seconds: float
    stack: str


class Watchdog:
    """Watches the loop of the thread that enters it; tells `on_stall` in a greenlet once the loop goes on.

    gevent's own monitor pays for every switch of every greenlet, and does not see what runs in the loop's callbacks,
    which is where the transport works.
    """

    def __init__(self, on_stall: Callable[[Stall], None]) -> None:
        self._on_stall = on_stall
        self._timer = gevent.get_hub().loop.timer(BEAT_SECONDS, BEAT_SECONDS)
        self._watched = _thread_id()
        self._stopped = False
        self._beaten = self._cpu = 0.0
        self._stack: StackSummary | None = None

    def __enter__(self) -> Self:
        self._beaten, self._cpu = time.monotonic(), time.thread_time()
        self._timer.start(self._beat)
        _start_thread(self._watch, ())
        return self

    def __exit__(self, *error: object) -> None:
        self._stopped = True
        self._timer.close()

    def _beat(self) -> None:
        """In the loop: it turns."""
        now, cpu = time.monotonic(), time.thread_time()
        if now - self._beaten > STALL_SECONDS:
            stack = "".join(self._stack.format()) if self._stack else "seen too late\n"
            # Not here: a log that is slow to write would be the next stall.
            gevent.spawn(self._on_stall, Stall(now - self._beaten, cpu - self._cpu, stack))
        self._stack = None
        self._beaten, self._cpu = now, cpu

    def _watch(self) -> None:
        """In a thread of its own: see what holds the loop up while it does. It only looks; locks and logs are the loop's."""
        while not self._stopped:
            # No sooner than there can be something to see: each look is a switch of threads.
            _sleep(max(BEAT_SECONDS, self._beaten + SUSPICIOUS_SECONDS + 0.001 - time.monotonic()))
            if self._stack is None and time.monotonic() - self._beaten > SUSPICIOUS_SECONDS:
                frame = sys._current_frames().get(self._watched)
                self._stack = StackSummary.extract(walk_stack(frame), lookup_lines=False)
                self._stack.reverse()


def log_stall(stall: Stall) -> None:
    """Say it where whoever runs the server looks."""
    log.warning("The event loop stood still for %d ms, %d ms of CPU:\n%s", *_ms(stall.seconds, stall.cpu_seconds), stall.stack)


def _ms(*seconds: float) -> tuple[int, ...]:
    return tuple(round(1000 * one) for one in seconds)
