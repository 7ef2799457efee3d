"""Answers callers that ask at the same time by one call."""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import gevent
from gevent.event import AsyncResult

from chat.domain.errors import unavailable

Question = TypeVar("Question")
Answer = TypeVar("Answer")

MAX_WAITING = 20_000
# Callers whose requests are being read are waited for, so that one call serves what would else take ten; at most so long.
GATHER_SECONDS = 0.02


class Batch(Generic[Question, Answer]):
    """While one call is at work, the next one's questions gather: the more callers, the less each of them costs.

    `most` questions are answered by one call of `work`. `release` is called by its greenlet when none is left.
    """

    def __init__(
        self,
        work: Callable[[Sequence[Question]], Sequence[Answer | Exception]],
        most: int,
        release: Callable[[], None],
    ) -> None:
        self._work = work
        self._most = most
        self._release = release
        self._waiting: deque[tuple[Question, AsyncResult]] = deque()
        self._is_working = False

    def ask(self, question: Question) -> Answer:
        """Return this caller's answer; raises what `work` returned in its place, or what it raised."""
        if len(self._waiting) >= MAX_WAITING:
            raise unavailable()
        result = AsyncResult()
        self._waiting.append((question, result))
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
            self._release()

    def _gather(self) -> None:
        """Wait until the loop has nothing else to do: then no more callers are on their way."""
        if len(self._waiting) < self._most:
            with gevent.Timeout(GATHER_SECONDS, False):
                gevent.idle()

    def _answer(self, batch: Sequence[tuple[Question, AsyncResult]]) -> None:
        try:
            answers = self._work([question for question, _ in batch])
        except Exception as error:
            answers = [error] * len(batch)
        for (_, result), answer in zip(batch, answers, strict=True):
            if isinstance(answer, Exception):
                result.set_exception(answer)
            else:
                result.set(answer)
