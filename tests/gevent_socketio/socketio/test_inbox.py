"""An inbox delivers in order, reports when it is full, and costs nothing when it is empty."""

import gevent
import pytest
from gevent.event import Event
from hypothesis import given, settings
from hypothesis import strategies as st

from gevent_socketio.socketio.inbox import MAX_ITEMS, MAX_SIZE, Inbox
from tests.gevent_socketio.peer import eventually


class Handler:
    """Handles items as the test says: an item that is an `Event` blocks until it is set."""

    def __init__(self) -> None:
        self.inbox = Inbox()
        self.taken: list[str] = []
        self.flushed: list[int] = []
        self.had_room = 0
        self.gates: dict[str, Event] = {}

    def put(self, item: str) -> bool:
        return self.inbox.put(item, self)

    def handle_item(self, item: str) -> None:
        if item in self.gates:
            self.gates[item].wait()
        if item == "fails":
            raise ValueError(item)
        if item == "times out":
            raise gevent.Timeout(1)
        self.taken.append(item)

    def flush(self) -> None:
        self.flushed.append(len(self.taken))

    def on_inbox_drained(self) -> None:
        self.had_room += 1


def _idle() -> None:
    """Let everything that can run do so."""
    for _ in range(5):
        gevent.sleep(0)


@settings(max_examples=50)
@given(st.lists(st.lists(st.text(max_size=3), max_size=5), max_size=8), st.sets(st.text(max_size=3), max_size=3))
def test_items_are_handled_in_order_though_some_block(batches: list[list[str]], blocking: set[str]) -> None:
    handler = Handler()
    handler.gates = {item: Event() for item in blocking}
    for batch in batches:
        for item in batch:
            handler.put(item)
        gevent.sleep(0)
    for gate in handler.gates.values():
        gate.set()
        gevent.sleep(0)
    expected = [item for batch in batches for item in batch]
    assert eventually(lambda: len(handler.taken) == len(expected))
    assert handler.taken == expected


def test_nothing_is_handled_within_put() -> None:
    handler = Handler()
    handler.put("a")
    assert handler.taken == []
    _idle()
    assert handler.taken == ["a"]


@pytest.mark.parametrize("item", ["fails", "times out"])
def test_a_failure_does_not_affect_the_next_item(item: str, caplog: pytest.LogCaptureFixture) -> None:
    handler = Handler()
    for each in (item, "b"):
        handler.put(each)
    _idle()
    assert handler.taken == ["b"]
    assert "could not be handled" in caplog.text


@pytest.mark.parametrize(("item", "count"), [("x", MAX_ITEMS), ("x" * (MAX_SIZE // 8), 8)])
def test_a_full_inbox_reports_that_it_is_full_and_later_that_half_is_done(item: str, count: int) -> None:
    handler = Handler()
    gate = handler.gates["first"] = Event()
    said = [handler.put("first" if number == 0 else item) for number in range(count + 1)]
    assert said == [True] * said.index(False) + [False] * (count + 1 - said.index(False))
    assert count - 1 <= said.index(False) <= count
    _idle()
    assert handler.had_room == 0
    gate.set()
    _idle()
    assert len(handler.taken) == count + 1
    assert handler.had_room == 1
    assert handler.put("again")


def test_items_being_handled_count_against_the_limit() -> None:
    handler = Handler()
    handler.gates["x" * MAX_SIZE] = Event()
    assert not handler.put("x" * MAX_SIZE)
    _idle()
    assert not handler.put("y")
    handler.gates["x" * MAX_SIZE].set()
    _idle()
    assert handler.had_room == 1
