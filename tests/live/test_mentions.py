"""Whom a message names, and how much is unread, over the real wire."""

import itertools

import pytest

from tests.live.conftest import Connect, People


@pytest.fixture
def room(connect: Connect, room_name: str) -> int:
    alice = connect("alice")
    opened: int = alice.call("create", {"name": room_name, "kind": "public"})["room"]["id"]
    connect("bob").call("join", {"room": opened})
    return opened


_numbers = itertools.count(1)


def _say(client, room, text):
    return client.call("send", {"room": room, "client_id": f"mention-{next(_numbers):04}", "text": text})["seq"]


def _counts(client, room):
    [state] = [state for state in client.call("sync", {"rooms": {}})["rooms"] if state["id"] == room]
    return state["read"], state["unread"], state["mentions"]


def test_a_mention_is_told_counted_and_taken_back(connect: Connect, people: People, room: int) -> None:
    alice, bob = connect("alice"), connect("bob")
    _say(alice, room, "Hello")
    seq = _say(alice, room, "Are you there, @Bob? `@alice`")
    assert bob.hears("message", room=room, seq=seq)["mentions"] == [people["bob"].id]
    assert _counts(bob, room) == (0, 2, 1)

    alice.call("edit", {"room": room, "seq": seq, "text": "Is anybody there? @room"})
    assert bob.hears("amended", room=room, seq=seq)["mentions"] == [0]
    assert _counts(bob, room) == (0, 2, 1)
    alice.call("delete", {"room": room, "seq": seq})
    assert _counts(bob, room) == (0, 1, 0)


def test_who_is_outside_is_not_named(connect: Connect, room: int) -> None:
    alice, bob = connect("alice"), connect("bob")
    seq = _say(alice, room, "Ask @mallory")
    assert "mentions" not in bob.hears("message", room=room, seq=seq)


def test_marking_as_unread_is_the_same_on_every_device(connect: Connect, room: int) -> None:
    alice, desk, phone = connect("alice"), connect("bob"), connect("bob")
    _, _, seq = [_say(alice, room, text) for text in ("one", "two", "@bob three")]
    read = desk.call("read", {"room": room, "seq": seq})
    assert (read["read"], read["unread"], read["mentions"], read["seq"]) == (seq, 0, 0, seq)

    back = desk.call("read", {"room": room, "seq": seq - 2, "back": True})
    assert (back["read"], back["unread"], back["mentions"]) == (seq - 2, 2, 1)
    assert phone.hears("read", room=room, turn=1) == {"room": room, "seq": seq - 2, "turn": 1}
    assert _counts(connect("bob"), room) == (seq - 2, 2, 1)

    assert desk.call("read", {"room": room, "seq": seq - 3})["read"] == seq - 2, "forward only, unless back is asked for"
