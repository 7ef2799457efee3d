"""What a page's sync costs in a room that is not in sight: its facts, its counts and its last line, not its messages."""

import json

import msgspec
import pytest

from accounts.models import User
from chat.actions.rooms import creating, membership
from chat.domain.types import Author, Position
from chat.live.messages.log import Draft
from chat.realtime.handlers.room_requests import _states

SAID = 60
LINE = "A sentence as people write them, neither short nor long, about what to do next."


@pytest.fixture
def rooms(live, transactional_db):
    """Bob's rooms, in each of which alice said as much as fills a screen."""
    alice, bob = (User.objects.create_user(f"{handle}@example.org", handle, name=handle.title()) for handle in ("alice", "bob"))
    made = [creating.create_room(alice, f"Room {number}", "public").pk for number in range(12)]
    author = {"id": alice.pk, "handle": alice.handle, "name": alice.name}
    for room in made:
        membership.join_room(bob, room)
        bodies = [json.dumps({"client_id": f"client-{number:06}", "author": author, "text": LINE}) for number in range(SAID)]
        drafts = [Draft(room, f"client-{number:06}", body[1:-1].encode()) for number, body in enumerate(bodies)]
        live.log.append(Author(alice.pk, alice.handle, alice.name), drafts)
    return bob.pk, made


def test_a_room_that_is_not_in_sight_costs_a_fraction_of_one_that_is(rooms):
    bob, ids = rooms
    positions = {room: Position() for room in ids}
    everything = len(msgspec.json.encode(_states(bob, positions, ids)))
    outline = len(msgspec.json.encode(_states(bob, positions, ids[:1])))
    seen = len(msgspec.json.encode(_states(bob, {ids[0]: Position()}, ids[:1])))
    assert (outline - seen) / (len(ids) - 1) < everything / len(ids) / 15


def test_of_a_room_that_is_not_in_sight_the_last_line_and_all_counts_come(rooms):
    bob, ids = rooms
    state = _states(bob, {ids[1]: Position()}, [])[0]
    assert [json.loads(bytes(message))["seq"] for message in state.messages] == [SAID]
    assert (state.catch_up, state.seq, state.unread) == ("window", SAID, SAID)


def test_a_few_missed_messages_come_and_what_was_shown_stays(rooms):
    bob, ids = rooms
    [epoch] = {state.epoch for state in _states(bob, {ids[1]: Position()}, [])}
    state = _states(bob, {ids[1]: Position(epoch, SAID - 5, 0)}, [])[0]
    assert (state.catch_up, len(state.messages)) == ("complete", 5)
    state = _states(bob, {ids[1]: Position(epoch, SAID, 0)}, [])[0]
    assert (state.catch_up, len(state.messages)) == ("complete", 0)


def test_many_missed_messages_come_when_the_room_is_opened(rooms):
    bob, ids = rooms
    [epoch] = {state.epoch for state in _states(bob, {ids[1]: Position()}, [])}
    state = _states(bob, {ids[1]: Position(epoch, SAID - 55, 0)}, [])[0]
    assert (state.catch_up, len(state.messages)) == ("window", 1)
