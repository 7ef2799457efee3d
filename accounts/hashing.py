"""Password hashing that does not stop the event loop: one hash takes some 30 ms, and thousands of people wait on the loop."""

from collections.abc import Callable
from threading import BoundedSemaphore
from typing import TypeVar

import gevent
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connections
from gevent import monkey

T = TypeVar("T")
# Each hash takes 19 MiB and one core: a burst of log-ins may fill neither the memory nor the pool that DNS uses too.
HASHES_AT_ONCE = 4


class OffLoopArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2id with OWASP's parameters, in gevent's thread pool where there is one."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        return _off_loop(super().encode, password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        return _off_loop(super().verify, password, encoded)


# In the live server this is gevent's semaphore, since serve.py patches the standard library before anything is imported.
_slots = BoundedSemaphore(HASHES_AT_ONCE)


def _off_loop(work: Callable[[str, str], T], first: str, second: str) -> T:
    if not _may_yield():
        return work(first, second)
    with _slots:
        result: T = gevent.get_hub().threadpool.apply(work, (first, second))
        return result


def _may_yield() -> bool:
    """Not without gevent, and not while a transaction may hold SQLite's write lock: every other writer would stall."""
    patched = monkey.is_module_patched("threading")
    return patched and not any(link.in_atomic_block for link in connections.all(initialized_only=True))
