"""Those who ask at the same time are answered by one call."""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import gevent
from gevent.event import AsyncResult

from chat.domain.errors import unavailable

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")

MOST_WAITING = 20_000
# Whoever is on the way is let in first, and one call serves what would else take ten; for so long at most.
GATHERING_SECONDS = 0.02


class Batch(Generic[Asked, Answer]):
    """While one call is at work, the next one's callers gather: the busier it is, the less each of them costs.

    `most` are asked in one call. `rest` is called by whoever worked, when nobody waits any more: to give back what it holds.
    """

    def __init__(
        self, work: Callable[[Sequence[Asked]], Sequence[Answer | Exception]], most: int, rest: Callable[[], None]
    ) -> None:
        self._work = work
        self._most = most
        self._rest = rest
        self._waiting: deque[tuple[Asked, AsyncResult]] = deque()
        self._is_working = False

    def ask(self, asked: Asked) -> Answer:
        """Return this caller's answer; raises what was put in its place, or what the call raised."""
        if len(self._waiting) >= MOST_WAITING:
            raise unavailable()
        result = AsyncResult()
        self._waiting.append((asked, result))
        if not self._is_working:
            self._is_working = True
            gevent.spawn(self._serve)
        answer: Answer = result.get()
        return answer

    def _serve(self) -> None:
        try:
            while self._waiting:
                self._gather()
                self._answer([self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))])
        finally:
            self._is_working = False
            self._rest()

    def _gather(self) -> None:
        """Until the loop has nothing else to do: there is nothing to be gained by waiting then."""
        if len(self._waiting) < self._most:
            with gevent.Timeout(GATHERING_SECONDS, False):
                gevent.idle()

    def _answer(self, batch: Sequence[tuple[Asked, AsyncResult]]) -> None:
        try:
            answers = self._work([asked for asked, _ in batch])
        except Exception as error:
            answers = [error] * len(batch)
        for (_, result), answer in zip(batch, answers, strict=True):
            if isinstance(answer, Exception):
                result.set_exception(answer)
            else:
                result.set(answer)
