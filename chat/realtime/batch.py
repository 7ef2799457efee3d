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
# Nobody feels so short a wait, and it makes one call of what would else be ten of a few each.
GATHERING_SECONDS = 0.002


class Batch(Generic[Asked, Answer]):
    """While calls are at work, the next one's callers gather: the busier it is, the less each of them costs.

    `most` are asked in one call; of `calls` at work at once, one waits for a database while another has something to do.
    """

    def __init__(self, work: Callable[[Sequence[Asked]], Sequence[Answer | Exception]], most: int, calls: int = 2) -> None:
        self._work = work
        self._most = most
        self._calls = calls
        self._waiting: deque[tuple[Asked, AsyncResult]] = deque()
        self._at_work = 0

    def ask(self, asked: Asked) -> Answer:
        """Return this caller's answer; raises what was put in its place, or what the call raised."""
        if len(self._waiting) >= MOST_WAITING:
            raise unavailable()
        result = AsyncResult()
        self._waiting.append((asked, result))
        if self._at_work < self._calls:
            self._at_work += 1
            gevent.spawn(self._serve)
        answer: Answer = result.get()
        return answer

    def _serve(self) -> None:
        try:
            while self._waiting:
                if len(self._waiting) < self._most:
                    gevent.sleep(GATHERING_SECONDS)
                batch = [self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))]
                if batch:  # else another call took them meanwhile
                    self._answer(batch)
        finally:
            self._at_work -= 1

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
