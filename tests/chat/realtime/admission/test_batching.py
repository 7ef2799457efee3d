"""Many ask at once; nobody gets another's answer."""

from collections.abc import Sequence

import gevent
import pytest
from gevent.event import Event

from chat.domain.errors import ChatError, forbidden
from chat.realtime.admission.batching import Batch


class Clerk:
    """Doubles numbers, a batch at a time; each batch waits until the clerk is free."""

    def __init__(self) -> None:
        self.free = Event()
        self.batches: list[list[int]] = []
        self.rests = 0

    def rest(self) -> None:
        self.rests += 1

    def double(self, numbers: Sequence[int]) -> list[int | Exception]:
        self.batches.append(list(numbers))
        self.free.wait()
        return [number * 2 if number else forbidden("Nothing cannot be doubled.") for number in numbers]


@pytest.fixture
def clerk() -> Clerk:
    return Clerk()


def ask_all(batch: Batch[int, int], numbers: Sequence[int]) -> list[gevent.Greenlet]:
    callers = [gevent.spawn(batch.ask, number) for number in numbers]
    gevent.sleep(0)
    gevent.sleep(0)
    return callers


def test_who_asks_while_the_clerk_works_is_served_next_together(clerk: Clerk) -> None:
    batch = Batch(clerk.double, 3, clerk.rest)
    first = ask_all(batch, [1])
    while not clerk.batches:
        gevent.sleep(0)
    rest = ask_all(batch, [2, 3, 4, 5])
    clerk.free.set()
    gevent.joinall(first + rest, timeout=5)
    assert [caller.value for caller in first + rest] == [2, 4, 6, 8, 10]
    assert clerk.batches == [[1], [2, 3, 4], [5]]
    assert clerk.rests == 1


def test_one_refusal_is_nobody_elses(clerk: Clerk) -> None:
    clerk.free.set()
    good, refused, other = ask_all(Batch(clerk.double, 10, clerk.rest), [7, 0, 9])
    gevent.joinall([good, refused, other], timeout=5)
    assert (good.value, other.value) == (14, 18)
    assert isinstance(refused.exception, ChatError)


def test_a_batch_that_fails_fails_for_all_of_it_and_the_next_is_served(clerk: Clerk) -> None:
    def work(numbers: Sequence[int]) -> list[int | Exception]:
        if 0 in numbers:
            raise ValueError("no")
        return list(numbers)

    batch: Batch[int, int] = Batch(work, 2, clerk.rest)
    callers = ask_all(batch, [0, 1, 2])
    gevent.joinall(callers, timeout=5)
    assert [type(caller.exception) for caller in callers] == [ValueError, ValueError, type(None)]
    assert batch.ask(5) == 5
