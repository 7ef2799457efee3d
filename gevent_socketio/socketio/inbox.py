"""What arrived on one connection and waits for its turn: handled in order, by a greenlet that lives while there is work."""

import logging
from collections import deque
from collections.abc import Callable, Sized
from itertools import islice
from typing import Any, Protocol

import gevent

log = logging.getLogger(__name__)

# Past these the connection is not read until half is done: TCP itself tells the sender to slow down. Nothing is lost, and
# who sends a hundred messages at once is not thrown out for it.
PACKETS = 256
SIZE = 1024 * 1024
# So much is taken before what was kept of it is done: one round trip may serve it all.
TOGETHER = 64


class Owner(Protocol):
    """Whose inbox it is."""

    def take(self, item: Any) -> None:
        """Handle an item, or keep it until `settle`; may block, and the next waits for it."""

    def settle(self) -> None:
        """Handle what was kept: nothing more waits just now, or enough is kept; may block."""

    def make_room(self) -> None:
        """Hear that an inbox that was full has room again."""


class Inbox:
    """Items of one connection. An empty inbox holds nothing: no queue, no greenlet, nor its owner, which would be a cycle."""

    __slots__ = ("_work",)

    def __init__(self) -> None:
        self._work: _Work | None = None

    def put(self, item: Sized, owner: Owner) -> bool:
        """Keep an item for its owner; False when the inbox is full now and its connection should not be read on."""
        work = self._work
        if work is None:
            work = self._work = _Work()
            gevent.spawn_raw(self._drain, work, owner)
        work.waiting.append(item)
        work.size += len(item)
        if len(work.waiting) >= PACKETS or work.size >= SIZE:
            work.is_full = True
        return not work.is_full

    def is_busy(self) -> bool:
        """Whether an item waits or is being handled."""
        return self._work is not None

    def _drain(self, work: "_Work", owner: Owner) -> None:
        while work.waiting:
            together = tuple(islice(work.waiting, TOGETHER))
            for item in together:
                _guarded(owner.take, item)
            _guarded(owner.settle)
            # Counted until it is done, so that a blocked handler's items are within the bound, too.
            for item in together:
                work.waiting.popleft()
                work.size -= len(item)
            if work.is_full and len(work.waiting) <= PACKETS // 2 and work.size <= SIZE // 2:
                work.is_full = False
                owner.make_room()
        self._work = None


def _guarded(handle: Callable[..., None], *item: Sized) -> None:
    try:
        handle(*item)
    except (Exception, gevent.Timeout):  # one packet's failure is not the next one's
        log.exception("A packet could not be handled")


class _Work:
    """The waiting items, and how much they are."""

    __slots__ = ("is_full", "size", "waiting")

    def __init__(self) -> None:
        self.waiting: deque[Sized] = deque()
        self.size = 0
        self.is_full = False
