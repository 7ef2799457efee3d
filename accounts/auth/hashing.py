"""Password hashing that does not stop the event loop: one hash takes some 30 ms, and thousands of people wait on the loop."""

import os
import sys
from collections.abc import Callable
from functools import cache
from typing import TypeVar

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connections
from gevent import monkey
from gevent.threadpool import ThreadPool

T = TypeVar("T")
# With more threads than one, 100 log-ins on one core keep the loop waiting: see docs/decisions/0008.
HASHES_AT_ONCE = 1
# The loop goes first where both want the same core, and yet nobody waits for ever to log in.
NICENESS = 10
LEAST_PRIORITY = 19

_native_thread_id = monkey.get_original("_thread", "get_native_id")


class OffLoopArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2id with OWASP's parameters, in a thread of low priority where there is a loop."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        return _off_loop(super().encode, password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        return _off_loop(super().verify, password, encoded)


def _off_loop(work: Callable[[str, str], T], first: str, second: str) -> T:
    if not _may_yield():
        return work(first, second)
    result: T = _pool().apply(_behind_the_loop, (work, first, second))
    return result


@cache
def _pool() -> ThreadPool:
    """Not gevent's own: DNS would wait behind a burst of log-ins, and would be as slow."""
    return ThreadPool(HASHES_AT_ONCE)


def _behind_the_loop(work: Callable[[str, str], T], first: str, second: str) -> T:
    if sys.platform == "linux":  # elsewhere a priority is the whole process's
        loops = os.getpriority(os.PRIO_PROCESS, os.getpid())
        os.setpriority(os.PRIO_PROCESS, _native_thread_id(), min(loops + NICENESS, LEAST_PRIORITY))
    return work(first, second)


def _may_yield() -> bool:
    """Not without gevent, and not while a transaction may hold SQLite's write lock: every other writer would stall."""
    patched = monkey.is_module_patched("threading")
    return patched and not any(link.in_atomic_block for link in connections.all(initialized_only=True))
