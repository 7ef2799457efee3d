"""How many of something that takes long may be under way at once in this process."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from chat.domain.errors import ChatError, Code, unavailable
from chat.domain.types import UserId


class Turnstile:
    """Lets in `at_once` people, and each of them `each` times. Who comes too many waits for at most `patience` seconds."""

    def __init__(self, at_once: int, each: int, patience: float) -> None:
        self._free = BoundedSemaphore(at_once)
        self._of = Counter[UserId]()
        self._each = each
        self._patience = patience

    @contextmanager
    def admit(self, user_id: UserId) -> Iterator[None]:
        """Do something while others may not; raises rate_limited to who is at it already, unavailable when all is taken."""
        if self._of[user_id] >= self._each:
            raise ChatError(Code.RATE_LIMITED, retry_in=1.0)
        self._of[user_id] += 1
        try:
            if not self._free.acquire(timeout=self._patience):
                raise unavailable()
            try:
                yield
            finally:
                self._free.release()
        finally:
            self._of[user_id] -= 1
            if not self._of[user_id]:
                del self._of[user_id]
