"""A start serves before all rooms are back from the record, and only where no script would miss what is not."""

from collections.abc import Iterator

import gevent
import pytest
from gevent import Greenlet
from gevent.event import Event

from chat.domain.errors import unavailable
from chat.live.live_state import LiveState
from chat.sync import recovery
from project.server import room_check
from project.server.room_check import RoomCheck

WAIT_SECONDS = 30.0


class SlowCheck:
    """Stands for a check of thousands of rooms: it ends when the test lets it."""

    def __init__(self, error: Exception | None = None) -> None:
        self.begun, self.ends = Event(), Event()
        self.count = 0
        self._errors = [error] if error else []

    def __call__(self) -> int:
        self.count += 1
        self.begun.set()
        self.ends.wait(WAIT_SECONDS)
        if self._errors:
            raise self._errors.pop()
        return 7


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Greenlet]]:
    monkeypatch.setattr(room_check, "SERVE_AFTER_SECONDS", 0.01)
    monkeypatch.setattr(room_check, "WATCH_SECONDS", 0.01)
    greenlets: list[Greenlet] = []
    yield greenlets
    gevent.killall(greenlets)


def test_after_a_new_start_of_redis_rooms_are_served_before_all_are_checked(
    live: LiveState, db: None, started: list[Greenlet], monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = SlowCheck()
    monkeypatch.setattr(recovery, "recover_all", slow)
    started.append(RoomCheck().start())  # returns
    assert slow.begun.is_set()
    assert not slow.ends.is_set()
    slow.ends.set()


def test_a_small_installation_is_checked_before_it_is_served(
    live: LiveState, db: None, started: list[Greenlet], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room_check, "SERVE_AFTER_SECONDS", WAIT_SECONDS)
    started.append(RoomCheck().start())
    assert recovery.is_checked()


def test_in_a_run_in_which_all_were_checked_they_are_compared_before_they_are_served(
    live: LiveState, db: None, started: list[Greenlet], monkeypatch: pytest.MonkeyPatch
) -> None:
    recovery.recover_all()
    quick = SlowCheck()
    quick.ends.set()
    monkeypatch.setattr(recovery, "recover_all", quick)
    started.append(RoomCheck().start())
    assert quick.count == 1


def test_a_first_check_that_redis_broke_off_is_done_again(
    live: LiveState, db: None, started: list[Greenlet], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = SlowCheck(unavailable())
    broken.ends.set()
    monkeypatch.setattr(recovery, "recover_all", broken)
    started.append(RoomCheck().start())
    with gevent.Timeout(WAIT_SECONDS):
        while broken.count < 2:
            gevent.sleep(0.01)
