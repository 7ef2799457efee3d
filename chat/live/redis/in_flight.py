"""A shared connection and what is asked on it."""

from collections import deque
from collections.abc import Iterable
from typing import Any

import redis
from gevent.hub import Waiter

from chat.live.redis.connection import Wire


class Pending:
    """What one caller asked, and what came of it."""

    __slots__ = ("answers", "count", "deadline", "packed", "waiter", "was_lost")

    def __init__(self, packed: bytes, count: int, deadline: int) -> None:
        self.packed = packed
        self.count = count
        self.deadline = deadline
        self.answers: list[Any] = []
        self.was_lost = False
        # Wakes the caller only while it still waits here: one that was killed meanwhile is not woken elsewhere.
        self.waiter = Waiter()


class Link:
    """One connection, and what was asked on it and is not answered: the answer to one's call can come on no other."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.asked: deque[Pending] = deque()

    def settle(self, answers: Iterable[Any]) -> list[Pending]:
        """Give answers to the calls in order; return the calls that are done. Raises ConnectionError if one is too many."""
        done: list[Pending] = []
        for answer in answers:
            if not self.asked:
                self.asked.extend(done)  # whose answer is whose is not known any more
                raise redis.ConnectionError("Redis answered what nobody asked")
            call = self.asked[0]
            call.answers.append(answer)
            if len(call.answers) == call.count:
                done.append(self.asked.popleft())
        return done
