"""The queue of messages from one client, handled in order by a greenlet that lives while there is work."""

import logging
from collections import deque
from collections.abc import Callable, Sized
from itertools import islice
from typing import Any, Protocol

import gevent

log = logging.getLogger(__name__)

# Beyond these the client's connection is not read until half is handled: TCP's flow control slows the sender down, and nothing
# is lost. A client that sends a hundred messages at once is not disconnected for it.
MAX_ITEMS = 256
MAX_SIZE = 1024 * 1024
# At most this many items are handled before `flush`: one round trip to a database can serve all of them.
BATCH_ITEMS = 64


class InboxHandler(Protocol):
    """Handles the items of one inbox, in its greenlet."""

    def handle_item(self, item: Any) -> None:
        """Handle an item, or keep it until `flush`. Can block; the next item waits."""

    def flush(self) -> None:
        """Handle what was kept, because nothing more waits at the moment, or enough was kept. Can block."""

    def on_inbox_drained(self) -> None:
        """Read the connection again: an inbox that was full is half empty."""


class Inbox:
    """Items of one client. An empty inbox refers to nothing: no queue, no greenlet, no handler, which would be a cycle."""

    __slots__ = ("_work",)

    def __init__(self) -> None:
        self._work: _Work | None = None

    def put(self, item: Sized, handler: InboxHandler) -> bool:
        """Queue an item; False if the inbox is full now and its connection should be paused. The item is queued in any case."""
        work = self._work
        if work is None:
            work = self._work = _Work()
            gevent.spawn_raw(self._drain, work, handler)
        work.waiting.append(item)
        work.size += len(item)
        if len(work.waiting) >= MAX_ITEMS or work.size >= MAX_SIZE:
            work.is_full = True
        return not work.is_full

    def is_busy(self) -> bool:
        """Whether an item is waiting or being handled."""
        return self._work is not None

    def _drain(self, work: "_Work", handler: InboxHandler) -> None:
        while work.waiting:
            batch = tuple(islice(work.waiting, BATCH_ITEMS))
            for item in batch:
                _call(handler.handle_item, item)
            _call(handler.flush)
            # Counted until they are done, so that the limits include the items of a handler that blocks.
            for item in batch:
                work.waiting.popleft()
                work.size -= len(item)
            if work.is_full and len(work.waiting) <= MAX_ITEMS // 2 and work.size <= MAX_SIZE // 2:
                work.is_full = False
                handler.on_inbox_drained()
        self._work = None


def _call(handle: Callable[..., None], *item: Sized) -> None:
    try:
        handle(*item)
    except (Exception, gevent.Timeout):  # one packet's failure must not end the next one
        log.exception("A packet could not be handled")


class _Work:
    """The items that wait, and their total size."""

    __slots__ = ("is_full", "size", "waiting")

    def __init__(self) -> None:
        self.waiting: deque[Sized] = deque()
        self.size = 0
        self.is_full = False
