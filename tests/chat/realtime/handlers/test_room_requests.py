"""The answer to a sync: bounded, however many rooms a person is in and however much was said there."""

from types import SimpleNamespace

import pytest
from msgspec import Raw

from chat.domain.types import Position
from chat.live.messages.catching_up import ROOM_BYTES
from chat.realtime.handlers.room_requests import ROOMS_PER_CALL, SYNC_BYTES, _catch_up

MANY = 1_000


@pytest.fixture
def shares(monkeypatch):
    """What each room was given, in bytes; `loud` rooms use all of it, the others nothing."""
    given: list[int] = []
    loud = range(MANY + 1)

    def catch_up(user_id, positions, room_bytes):
        given.append(room_bytes)
        return [SimpleNamespace(messages=[Raw(b"x" * room_bytes * (room in loud))], amendments=[]) for room in positions]

    def use(rooms, loud_rooms):
        nonlocal loud
        loud = loud_rooms
        found = _catch_up(1, {room: Position() for room in range(1, rooms + 1)})
        return sum(memoryview(state.messages[0]).nbytes for state in found), given

    monkeypatch.setattr("chat.actions.messages.read_markers.catch_up", catch_up)
    return use


def test_a_few_rooms_have_as_much_as_a_room_may(shares):
    size, given = shares(3, range(1, 4))
    assert (size, given) == (3 * ROOM_BYTES, [ROOM_BYTES])


def test_many_rooms_share_what_one_answer_may_have(shares):
    size, given = shares(MANY, range(1, MANY + 1))
    assert size <= SYNC_BYTES
    assert given[0] == SYNC_BYTES // MANY


def test_what_quiet_rooms_leave_is_for_the_others(shares):
    _, given = shares(MANY, range(0))
    assert len(given) == MANY // ROOMS_PER_CALL
    assert given[-1] == SYNC_BYTES // ROOMS_PER_CALL
