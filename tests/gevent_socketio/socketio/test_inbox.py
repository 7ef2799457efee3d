"""An inbox hands on in order, says when it is full, and costs nothing when it is empty."""

import gevent
import pytest
from gevent.event import Event
from hypothesis import given, settings
from hypothesis import strategies as st

from gevent_socketio.socketio.inbox import PACKETS, SIZE, Inbox
from tests.gevent_socketio.peer import eventually


class Owner:
    """Handles items as the test says: an item that is an `Event` blocks until it is set."""

    def __init__(self) -> None:
        self.inbox = Inbox()
        self.taken: list[str] = []
        self.settled: list[int] = []
        self.had_room = 0
        self.gates: dict[str, Event] = {}

    def put(self, item: str) -> bool:
        return self.inbox.put(item, self)

    def take(self, item: str) -> None:
        if item in self.gates:
            self.gates[item].wait()
        if item == "fails":
            raise ValueError(item)
        if item == "times out":
            raise gevent.Timeout(1)
        self.taken.append(item)

    def settle(self) -> None:
        self.settled.append(len(self.taken))

    def make_room(self) -> None:
        self.had_room += 1


def _idle() -> None:
    """Let everything that can run do so."""
    for _ in range(5):
        gevent.sleep(0)


@settings(max_examples=50)
@given(st.lists(st.lists(st.text(max_size=3), max_size=5), max_size=8), st.sets(st.text(max_size=3), max_size=3))
def test_items_are_handled_in_their_order_though_some_block(batches: list[list[str]], blocking: set[str]) -> None:
    owner = Owner()
    owner.gates = {item: Event() for item in blocking}
    for batch in batches:
        for item in batch:
            owner.put(item)
        gevent.sleep(0)
    for gate in owner.gates.values():
        gate.set()
        gevent.sleep(0)
    expected = [item for batch in batches for item in batch]
    assert eventually(lambda: len(owner.taken) == len(expected))
    assert owner.taken == expected


def test_nothing_is_handled_within_put() -> None:
    owner = Owner()
    owner.put("a")
    assert owner.taken == []
    _idle()
    assert owner.taken == ["a"]


@pytest.mark.parametrize("item", ["fails", "times out"])
def test_one_failure_is_not_the_next_ones(item: str, caplog: pytest.LogCaptureFixture) -> None:
    owner = Owner()
    for each in (item, "b"):
        owner.put(each)
    _idle()
    assert owner.taken == ["b"]
    assert "could not be handled" in caplog.text


@pytest.mark.parametrize(("item", "count"), [("x", PACKETS), ("x" * (SIZE // 8), 8)])
def test_a_full_inbox_says_so_once_it_is_and_again_when_half_is_done(item: str, count: int) -> None:
    owner = Owner()
    gate = owner.gates["first"] = Event()
    said = [owner.put("first" if number == 0 else item) for number in range(count + 1)]
    assert said == [True] * said.index(False) + [False] * (count + 1 - said.index(False))
    assert count - 1 <= said.index(False) <= count
    _idle()
    assert owner.had_room == 0
    gate.set()
    _idle()
    assert len(owner.taken) == count + 1
    assert owner.had_room == 1
    assert owner.put("again")


def test_what_is_being_handled_counts() -> None:
    owner = Owner()
    owner.gates["x" * SIZE] = Event()
    assert not owner.put("x" * SIZE)
    _idle()
    assert not owner.put("y")
    owner.gates["x" * SIZE].set()
    _idle()
    assert owner.had_room == 1
