"""Those who ask at the same time are answered by one call."""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import gevent
from gevent.event import AsyncResult

from chat.errors import unavailable

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")

MOST_WAITING = 20_000


class Batch(Generic[Asked, Answer]):
    """While one call is at work, the next one's callers gather: the busier it is, the less each of them costs."""

    def __init__(self, work: Callable[[Sequence[Asked]], Sequence[Answer | Exception]], most: int) -> None:
        self._work = work
        self._most = most
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
                self._answer([self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))])
        finally:
            self._is_working = False

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
