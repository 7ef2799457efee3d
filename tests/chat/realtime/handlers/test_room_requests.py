"""The answer to a sync: bounded, however many rooms a person is in and however much was said there."""

from types import SimpleNamespace

import pytest
from msgspec import Raw

from chat.domain.types import Position
from chat.live.messages.catching_up import OUTLINE, WHOLE
from chat.realtime.handlers.room_requests import ROOMS_PER_CALL, SYNC_BYTES, _catch_up, _states

MANY = 1_000


@pytest.fixture
def shares(monkeypatch):
    """What each room was given, in bytes; `loud` rooms use all of it, the others nothing."""
    given: list[int] = []
    loud = range(MANY + 1)

    def catch_up(user_id, positions, extent):
        given.append(extent.bytes)
        return [SimpleNamespace(messages=[Raw(b"x" * extent.bytes * (room in loud))], amendments=[]) for room in positions]

    def use(rooms, loud_rooms):
        nonlocal loud
        loud = loud_rooms
        found = _catch_up(1, {room: Position() for room in range(1, rooms + 1)}, WHOLE, SYNC_BYTES)
        return sum(memoryview(state.messages[0]).nbytes for state in found), given

    monkeypatch.setattr("chat.actions.messages.read_markers.catch_up", catch_up)
    return use


def test_a_few_rooms_have_as_much_as_a_room_may(shares):
    size, given = shares(3, range(1, 4))
    assert (size, given) == (3 * WHOLE.bytes, [WHOLE.bytes])


def test_many_rooms_share_what_one_answer_may_have(shares):
    size, given = shares(MANY, range(1, MANY + 1))
    assert size <= SYNC_BYTES
    assert given[0] == SYNC_BYTES // MANY


def test_what_quiet_rooms_leave_is_for_the_others(shares):
    _, given = shares(MANY, range(0))
    assert len(given) == MANY // ROOMS_PER_CALL
    assert given[-1] == SYNC_BYTES // ROOMS_PER_CALL


def test_the_room_in_sight_comes_first_and_whole_of_the_others_the_outline(monkeypatch):
    asked = []

    def catch_up(user_id, positions, extent):
        asked.append((list(positions), extent))
        return []

    monkeypatch.setattr("chat.actions.messages.read_markers.catch_up", catch_up)
    _states(1, {room: Position() for room in range(1, 6)}, [4, 99])
    assert asked == [([4], WHOLE), ([1, 2, 3, 5], OUTLINE)]


def test_without_a_room_in_sight_all_come_whole(monkeypatch):
    asked = []
    monkeypatch.setattr("chat.actions.messages.read_markers.catch_up", lambda user, rooms, extent: asked.append(extent) or [])
    positions = {room: Position() for room in range(1, 6)}
    _states(1, positions, positions)
    assert asked == [WHOLE]
