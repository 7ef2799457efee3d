"""M5: nobody is pulled into a room that they left, nor written to by those whom they block."""

import itertools

import pytest

from tests.security.mallory import codes
from tests.support.wire_client import WireClient

_numbers = itertools.count(1)


def _send(client, room, text):
    return client.call("send", {"room": room, "client_id": f"consent-{next(_numbers):06}", "text": text})


@pytest.fixture
def alice(connect):
    return connect("alice")


@pytest.fixture
def me(people):
    return people["alice"].id


def test_m5_leaving_is_remembered_and_a_declined_question_is_not_asked_again(mallory, alice, me, server, people, room_name):
    mal = mallory()
    room = mal.client.call("create", {"kind": "public", "name": f"alice is a thief {room_name}"})["room"]["id"]
    assert mal.client.call("invite", {"room": room, "user": me}) == {"ok": True}
    alice.hears("room", room=room)
    assert alice.call("leave", {"room": room})["ok"]

    assert mal.client.call("invite", {"room": room, "user": me}) == {"ok": True, "asked": True}
    assert alice.hears("invited", room=room)["by"]["id"] == mal.client.call("sync", {"rooms": {}})["me"]["id"]
    later = WireClient(server.port, people["alice"].cookie)  # after a reload
    assert [each["room"] for each in later.call("sync", {"rooms": {}})["invitations"]].count(room) == 1
    later.close()
    assert alice.call("answer_invitation", {"room": room, "accept": False})["ok"]
    before = len(alice.heard("invited", room=room))
    answers = [mal.client.call("invite", {"room": room, "user": me}) for _ in range(5)]
    assert answers == [{"ok": True, "asked": True}] * 5
    state = alice.call("sync", {"rooms": {}})
    assert room not in [each["id"] for each in state["rooms"]]
    assert room not in [each["room"] for each in state["invitations"]]
    assert len(alice.heard("invited", room=room)) == before


def test_m5_a_question_that_is_accepted_brings_back(mallory, alice, me):
    mal = mallory()
    room = mal.room["id"]
    assert mal.client.call("invite", {"room": room, "user": me})["ok"]
    alice.hears("room", room=room)
    alice.call("leave", {"room": room})
    mal.client.call("invite", {"room": room, "user": me})
    alice.hears("invited", room=room)
    assert alice.call("answer_invitation", {"room": room, "accept": True})["room"]["id"] == room
    assert _send(alice, room, "back")["ok"]


def test_m5_a_direct_room_can_be_hidden_until_its_next_message(mallory, alice, me):
    mal = mallory()
    room = mal.client.call("create", {"kind": "direct", "members": [me]})["room"]["id"]
    assert _send(mal.client, room, "hello")["ok"]
    assert alice.hears("message", room=room)
    assert alice.call("hide", {"room": room})["ok"]
    assert alice.hears("notify", room=room)["hidden"] == 1
    [state] = [each for each in alice.call("sync", {"rooms": {}})["rooms"] if each["id"] == room]
    assert (state["hidden"], state["seq"]) == (1, 1)


def test_m5_a_blocked_person_reaches_nobody_who_blocks_them(mallory, alice, me, connect, people):
    mal = mallory()
    theirs = mal.client.call("sync", {"rooms": {}})["me"]
    direct = mal.client.call("create", {"kind": "direct", "members": [me]})["room"]["id"]
    public = alice.call("create", {"kind": "public", "name": f"square {next(_numbers)}"})["room"]["id"]
    assert mal.client.call("join", {"room": public})["ok"]
    assert _send(mal.client, direct, "hello")["ok"]
    other_tab = connect("alice")

    assert alice.call("block", {"user": theirs["id"]}) == {"ok": True}
    for tab in (alice, other_tab):
        assert tab.hears("blocked", user=theirs["id"])["blocked"] is True
    refused = _send(mal.client, direct, "again")["error"]
    assert (refused["code"], refused["message"]) == ("forbidden", "This person does not accept direct messages.")
    new = mal.client.call("create", {"kind": "direct", "members": [me, people["bob"].id]})
    assert new["error"]["code"] == "forbidden"
    assert mal.client.call("invite", {"room": mal.make_room()["id"], "user": me}) == {"ok": True, "asked": True}
    assert _send(mal.client, public, "@alice @room")["ok"]
    answer = other_tab.call("sync", {"rooms": {}})
    [state] = [each for each in answer["rooms"] if each["id"] == public]
    assert (state["mentions"], state["unread"], answer["blocked"].count(theirs["id"])) == (0, 1, 1)
    assert not mal.client.heard("blocked")

    assert alice.call("unblock", {"user": theirs["id"]})["ok"]
    assert alice.hears("blocked", user=theirs["id"], blocked=False)
    assert _send(mal.client, direct, "at last")["ok"]


def test_m5_blocks_are_paid_for(mallory, people):
    mal = mallory()
    acts = [(verb, {"user": people["bob"].id}) for _ in range(15) for verb in ("block", "unblock")]
    assert codes(mal.volley(acts)).count("ok") == 20
