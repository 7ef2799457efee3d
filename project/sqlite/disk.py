"""Where SQLite waits for the disk, and where it thinks long: in threads, while the loop goes on."""

import sqlite3
from collections.abc import Callable
from functools import cache
from typing import TypeVar

from gevent import monkey
from gevent.threadpool import ThreadPool

T = TypeVar("T")

# SQLite lets one write at a time, so that more would only find it locked.
WRITERS = 1
# A long read takes a core for itself; more at once would take them from the loops.
READERS = 2
# Said by a SQLite whose connections may pass from one thread to another at any moment.
SERIALIZED = 3


def while_the_loop_goes_on(work: Callable[[], T], is_reading: bool = False) -> T:
    """Return what `work` returns, or raise what it raises; only this greenlet waits for it, where there are any."""
    if sqlite3.threadsafety != SERIALIZED or not monkey.is_module_patched("threading"):
        return work()
    answers, errors = (_readers() if is_reading else _writer()).apply(_caught, (work,))
    if errors:
        raise errors[0]
    result: T = answers[0]
    return result


@cache
def _writer() -> ThreadPool:
    """Not gevent's own: a log-in would wait for DNS."""
    return ThreadPool(WRITERS)


@cache
def _readers() -> ThreadPool:
    return ThreadPool(READERS)


def _caught(work: Callable[[], T]) -> tuple[list[T], list[Exception]]:
    """A locked database is nothing to report, as gevent does with what is raised in its threads."""
    try:
        return [work()], []
    except Exception as error:
        return [], [error]
