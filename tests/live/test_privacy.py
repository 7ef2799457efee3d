"""A room that one may not see answers exactly as one that does not exist."""

import json

import pytest
import requests

from tests.live.conftest import Connect, People
from tests.support.live_server import ServerProcess

NOWHERE = 999_999_999
ASKED = {
    "user": 1,
    "client_id": "abcdefgh",
    "text": "x",
    "seq": 1,
    "emoji": "👍",
    "on": True,
    "accept": True,
    "action": "mute",
    "reason": "x",
    "role": "member",
    "addresses": ["nora@example.org"],
}
IN_ROOM = [
    "leave",
    "invite",
    "send",
    "history",
    "typing",
    "read",
    "edit",
    "delete",
    "restore",
    "react",
    "moderate",
    "role",
    "update",
    "report",
    "purge",
    "share_invitation",
    "mail_invitation",
]


@pytest.mark.parametrize("event", ["join", "answer_invitation", "hide", *IN_ROOM])
@pytest.mark.parametrize("kind", ["private", "direct"])
def test_carol_cannot_tell_a_room_that_she_is_not_in_from_none(
    connect: Connect, people: People, room_name: str, event: str, kind: str
) -> None:
    alice, carol = connect("alice"), connect("carol")
    wanted = {"kind": kind, "name": room_name} if kind == "private" else {"kind": kind, "members": [people["bob"].id]}
    room = alice.call("create", wanted)["room"]["id"]

    hidden, absent = (carol.call(event, {"room": number, **ASKED}) for number in (room, NOWHERE))

    assert hidden == absent
    assert hidden["error"]["code"] == "not_found"


@pytest.mark.parametrize("event", IN_ROOM)
def test_a_public_room_asks_carol_to_join_first(connect: Connect, room_name: str, event: str) -> None:
    alice, carol = connect("alice"), connect("carol")
    room = alice.call("create", {"name": room_name, "kind": "public"})["room"]["id"]

    assert carol.call(event, {"room": room, **ASKED})["error"]["code"] == "not_member"


def test_nothing_of_a_private_room_reaches_carol(connect: Connect, people: People, room_name: str) -> None:
    alice, bob, carol = connect("alice"), connect("bob"), connect("carol")
    room = alice.call("create", {"name": room_name, "kind": "private"})["room"]["id"]
    alice.call("invite", {"room": room, "user": people["bob"].id})
    bob.hears("room", id=room)
    alice.call("send", {"room": room, "client_id": "a-secret-1", "text": "a secret"})
    bob.hears("message", room=room)

    assert room not in [state["id"] for state in carol.call("sync", {"rooms": {str(room): {}}})["rooms"]]
    assert room_name not in json.dumps(carol.events)
    assert not [payload for _, payload in carol.events if payload.get("room") == room]


def test_the_name_of_a_private_room_is_nobodys_business(connect: Connect, room_name: str) -> None:
    alice, carol = connect("alice"), connect("carol")
    alice.call("create", {"name": room_name, "kind": "private"})

    assert carol.call("create", {"name": room_name, "kind": "private"})["ok"]
    assert carol.call("create", {"name": room_name, "kind": "public"})["ok"]
    assert alice.call("create", {"name": room_name.upper(), "kind": "public"})["error"]["code"] == "conflict"


@pytest.mark.parametrize("page", ["/rooms/{}/", "/rooms/{}/1/", "/rooms/{}/members/"])
def test_the_pages_of_a_private_room_are_not_there_for_carol(
    connect: Connect, server: ServerProcess, people: People, room_name: str, page: str
) -> None:
    alice = connect("alice")
    room = alice.call("create", {"name": room_name, "kind": "private"})["room"]

    def ask(slug: str) -> tuple[int, str]:
        headers = {"Cookie": people["carol"].cookie}
        answer = requests.get(server.url + page.format(slug), headers=headers, allow_redirects=False, timeout=10)
        return answer.status_code, answer.text.replace(slug, "")

    status, text = ask(room["slug"])
    assert status == 404
    assert room_name not in text
    assert ask("no-such-room")[0] == 404


def test_who_is_removed_from_a_room_hears_nothing_more_of_it(connect: Connect, people: People, room_name: str) -> None:
    alice, bob = connect("alice"), connect("bob")
    room = alice.call("create", {"name": room_name, "kind": "public"})["room"]["id"]
    bob.call("join", {"room": room})
    bob.call("leave", {"room": room})
    bob.hears("member", room=room, user=people["bob"].id, role=None)

    alice.call("send", {"room": room, "client_id": "after-bob-1", "text": "bob has gone"})
    alice.hears("message", room=room)

    assert bob.call("send", {"room": room, "client_id": "still-here", "text": "?"})["error"]["code"] == "not_member"
    assert not bob.heard("message", room=room)
