"""Group commit: calls that wait in the same turn of the loop leave in one write, and one fsync serves them all.

For processes that gevent has patched. See docs/decisions/0006.
"""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import gevent

from chat.domain.errors import unavailable
from chat.live.redis.client import ANSWER_SECONDS
from chat.live.redis.connection import LOST, Wire
from chat.live.redis.in_flight import Link, Pending

# What may be on its way at once: some seconds of a flood. Past it nobody is served sooner by waiting.
MOST_BYTES = 16 << 20
TICK_SECONDS = 0.25


class Pipeline:
    """One connection that many greenlets share; it is opened when it is first needed, and again after each loss.

    A call whose answer was lost with its connection is sent once more: it must do no harm to run it twice.
    """

    def __init__(self, connect: Callable[[], Wire], most_bytes: int = MOST_BYTES) -> None:
        self._connect = connect
        self._most_bytes = most_bytes
        self._bytes = 0
        self._waiting: deque[Pending] = deque()
        self._link: Link | None = None
        self._is_writing = False
        # Time is counted in ticks of the guard, so that while this whole process stood still nobody's time ran out.
        self._is_guarded = False
        self._ticks = 0

    def ask(self, commands: Sequence[bytes]) -> list[Any]:
        """Return the answers to packed commands, Redis's errors among them; raises ChatError unavailable."""
        packed = commands[0] if len(commands) == 1 else b"".join(commands)
        if self._bytes + len(packed) > self._most_bytes:
            raise unavailable()
        call = Pending(packed, len(commands), self._ticks + int(ANSWER_SECONDS / TICK_SECONDS))
        self._bytes += len(packed)
        self._waiting.append(call)
        self._work()
        try:
            failure = call.waiter.get()
        finally:
            self._bytes -= len(packed)
        if failure is not None:
            raise unavailable() from failure
        return call.answers

    def _work(self) -> None:
        """Start the greenlet that sends queued commands, and the one that ends waits that take too long."""
        if not self._is_writing:
            self._is_writing = True
            # After everybody whose turn this is, and so it takes along what they ask.
            gevent.get_hub().loop.run_callback(self._write_at_once)
        if not self._is_guarded:
            self._is_guarded = True
            gevent.spawn(self._guard)

    def _write_at_once(self) -> None:
        """In the loop, for the usual case: where each write had a greenlet it took 80 µs, the system call among them."""
        link, rest = self._link, b""
        try:
            if link is not None:
                rest = self._offer(link)
        finally:
            if rest or self._waiting:
                gevent.spawn(self._write, link, rest)
            else:
                self._is_writing = False

    def _offer(self, link: Link) -> bytes:
        """Return what Redis did not take at once."""
        packed = self._take(link)
        try:
            return packed[link.wire.offer(packed) :]
        except LOST as error:
            self._lose(link, error)
            return b""

    def _write(self, link: Link | None, rest: bytes) -> None:
        try:
            if link is not None and rest:
                self._send(link, rest)
            while self._waiting:
                link = self._link or self._open()
                if link is not None:
                    self._send(link, self._take(link))
        finally:
            self._is_writing = False

    def _open(self) -> Link | None:
        try:
            wire = self._connect()
        except LOST as error:  # it has tried twice
            _fail(self._waiting, error)
            self._waiting.clear()
            return None
        self._link = Link(wire)
        gevent.spawn(self._read, self._link)
        return self._link

    def _take(self, link: Link) -> bytes:
        calls, self._waiting = self._waiting, deque()
        # Before it is sent: the answer may come while the sending still waits.
        link.asked.extend(calls)
        return b"".join([call.packed for call in calls])

    def _send(self, link: Link, packed: bytes) -> None:
        try:
            link.wire.send(packed)
        except LOST as error:
            self._lose(link, error)

    def _read(self, link: Link) -> None:
        run_callback = gevent.get_hub().loop.run_callback
        try:
            while True:
                run_callback(_wake, link.settle(link.wire.receive()))
        except LOST as error:
            self._lose(link, error)

    def _lose(self, link: Link, error: BaseException) -> None:
        """Drop a connection that broke; what was asked on it is asked again, or has failed if it was lost before."""
        if link is not self._link:
            return
        self._link = None
        link.wire.close()
        lost = [call for call in link.asked if not call.was_lost]
        _fail((call for call in link.asked if call.was_lost), error)
        link.asked.clear()
        for call in lost:
            call.was_lost = True
            call.answers.clear()
        self._waiting.extendleft(reversed(lost))
        if self._waiting:
            self._work()

    def _guard(self) -> None:
        """Count the time while anything is under way, and end the waiting of those whose time is over."""
        try:
            while self._waiting or (self._link and self._link.asked):
                gevent.sleep(TICK_SECONDS)
                self._ticks += 1
                self._expire()
        finally:
            self._is_guarded = False

    def _expire(self) -> None:
        error = TimeoutError("Redis does not answer")
        link = self._link
        # Answers come in order: with the first that is overdue the connection is stuck.
        if link and link.asked and link.asked[0].deadline <= self._ticks:
            self._lose(link, error)
        overdue = []
        while self._waiting and self._waiting[0].deadline <= self._ticks:
            overdue.append(self._waiting.popleft())
        _fail(overdue, error)


def _wake(calls: Iterable[Pending]) -> None:
    for call in calls:
        call.waiter.switch(None)


def _fail(calls: Iterable[Pending], error: BaseException) -> None:
    run_callback = gevent.get_hub().loop.run_callback
    for call in calls:
        run_callback(call.waiter.switch, error)
