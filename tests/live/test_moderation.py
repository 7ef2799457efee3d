"""Moderators at work on a real server: alice owns, dora moderates, bob and mallory are members, ruth is staff."""

import itertools
import re
import sqlite3
from contextlib import closing

import pytest
import requests

from tests.live.conftest import Connect, People, sign_in
from tests.support.live_server import ServerProcess
from tests.support.wire_client import WireClient

AT_ONCE = 1.0
_numbers = itertools.count(1)


@pytest.fixture(scope="module", autouse=True)
def _who_moderates(server: ServerProcess, people: People) -> None:
    people.update(sign_in(server, "dora", "ruth*"))


class Stage:
    """A room of alice's, with dora as its moderator and the others as members."""

    def __init__(self, connect: Connect, people: People, name: str, kind: str) -> None:
        self.alice, self.dora, self.bob, self.mallory = (connect(handle) for handle in ("alice", "dora", "bob", "mallory"))
        self.facts = self.alice.call("create", {"name": name, "kind": kind})["room"]
        self.room = self.facts["id"]
        self._people = people
        for handle, member in (("dora", self.dora), ("bob", self.bob), ("mallory", self.mallory)):
            assert self.alice.call("invite", {"room": self.room, "user": people[handle].id})["ok"]
            member.hears("room", room=self.room)
        assert self.alice.call("set_role", {"room": self.room, "user": people["dora"].id, "role": "moderator"})["ok"]

    def moderate(self, who: WireClient, action: str, whom: str, **more: object) -> dict:
        request = {"room": self.room, "action": action, "user": self._people[whom].id, "reason": "spam", **more}
        return who.call("moderate", request)

    def say(self, who: WireClient, text: str = "hello") -> dict:
        return who.call("send", {"room": self.room, "client_id": f"client-{next(_numbers):06}", "text": text})


@pytest.fixture
def stage(connect: Connect, people: People, room_name: str) -> Stage:
    return Stage(connect, people, room_name, "public")


@pytest.fixture
def hidden(connect: Connect, people: People, room_name: str) -> Stage:
    return Stage(connect, people, room_name, "private")


def test_a_mute_is_felt_and_seen_at_once_by_whom_it_concerns(stage: Stage, people: People) -> None:
    assert stage.moderate(stage.dora, "mute", "mallory", seconds=600)["ok"]

    refused = stage.say(stage.mallory)["error"]
    assert (refused["code"], refused["message"]) == ("muted", "You are muted in this room: spam")
    facts = {"room": stage.room, "user": people["mallory"].id, "kind": "mute", "reason": "spam"}
    told = stage.mallory.hears("sanction", AT_ONCE, **facts)
    for moderator in (stage.dora, stage.alice):
        assert moderator.hears("sanction", AT_ONCE, **facts) == told
    [state] = [state for state in stage.mallory.call("sync", {"rooms": {}})["rooms"] if state["id"] == stage.room]
    assert state["sanction"] == {"kind": "mute", "until": told["until"], "reason": "spam"}
    assert stage.moderate(stage.dora, "unmute", "mallory")["ok"]
    assert stage.say(stage.mallory)["ok"]
    stage.alice.hears("message", room=stage.room)
    assert not stage.bob.heard("sanction")


def test_a_kick_says_why(stage: Stage, people: People) -> None:
    assert stage.moderate(stage.dora, "kick", "mallory")["ok"]
    assert stage.mallory.hears("removed", AT_ONCE, room=stage.room) == {"room": stage.room, "reason": "spam"}
    stage.bob.hears("member", AT_ONCE, room=stage.room, user=people["mallory"].id, role=None)
    assert stage.mallory.call("join", {"room": stage.room})["ok"]


def test_a_ban_says_why_and_until_when_and_keeps_out(stage: Stage) -> None:
    assert stage.moderate(stage.dora, "ban", "mallory", seconds=3_600)["ok"]

    removed = stage.mallory.hears("removed", AT_ONCE, room=stage.room)
    assert (removed["reason"], removed["banned"]) == ("spam", True)
    assert removed["until"] > 0
    for refused in (stage.say(stage.mallory), stage.mallory.call("join", {"room": stage.room})):
        assert refused["error"]["code"] == "banned"
        assert 3_500 < refused["error"]["retry_in"] <= 3_600


def test_who_is_banned_from_the_site_is_disconnected_and_refused_with_the_reason(
    stage: Stage, connect: Connect, server: ServerProcess, people: People
) -> None:
    ruth = connect("ruth")
    try:
        assert stage.moderate(ruth, "ban", "mallory", room=None, seconds=600)["ok"]

        assert stage.mallory.closed.wait(AT_ONCE)
        again = WireClient(server.port, people["mallory"].cookie)
        assert again.refusal is not None
        assert again.refusal["data"]["code"] == "banned"
        assert again.refusal["message"] == "You are banned from this site: spam"
        assert 590 < again.refusal["data"]["retry_in"] <= 600
        again.close()
        page = requests.get(f"{server.url}/rooms/", headers={"Cookie": people["mallory"].cookie}, timeout=10)
        assert page.status_code == 403
        assert "spam" in page.text
    finally:
        assert stage.moderate(ruth, "unban", "mallory", room=None)["ok"]
    assert stage.say(connect("mallory"))["ok"]


def test_who_is_removed_from_a_hidden_room_finds_nothing_of_it(
    hidden: Stage, connect: Connect, server: ServerProcess, people: People
) -> None:
    said = hidden.say(hidden.mallory, "before")
    hidden.mallory.hears("message", room=hidden.room)
    other_tab = connect("mallory")
    assert hidden.moderate(hidden.dora, "ban", "mallory")["ok"]
    for tab in (hidden.mallory, other_tab):
        tab.hears("removed", AT_ONCE, room=hidden.room)
    heard = [len(tab.events) for tab in (hidden.mallory, other_tab)]

    hidden.say(hidden.alice, "after")
    hidden.alice.call("react", {"room": hidden.room, "seq": said["seq"], "emoji": "👍", "on": True})
    hidden.alice.call("typing", {"room": hidden.room})
    hidden.bob.hears("typing", room=hidden.room)
    assert [request["error"]["code"] for request in _all_requests(hidden.mallory, hidden.room, said["seq"])] == [
        "not_found"
    ] * 6
    for page in ("", f"{said['seq']}/", "members/"):
        address = f"{server.url}/rooms/{hidden.facts['slug']}/{page}"
        assert requests.get(address, headers={"Cookie": people["mallory"].cookie}, timeout=10).status_code == 404
    new_tab = connect("mallory")
    assert hidden.room not in [state["id"] for state in new_tab.call("sync", {"rooms": {}})["rooms"]]

    later = [event for tab, count in zip((hidden.mallory, other_tab), heard, strict=True) for event in tab.events[count:]]
    assert not [event for event in later if event[1].get("room") == hidden.room]


def _all_requests(client: WireClient, room: int, seq: int) -> list[dict]:
    return [
        client.call("history", {"room": room, "around": seq}),
        client.call("history", {"room": room}),
        client.call("join", {"room": room}),
        client.call("send", {"room": room, "client_id": "after-the-ban", "text": "?"}),
        client.call("edit", {"room": room, "seq": seq, "text": "?"}),
        client.call("read", {"room": room, "seq": seq}),
    ]


def test_an_owner_hands_the_room_over_and_moderates_from_then_on(stage: Stage, people: People) -> None:
    assert stage.alice.call("set_role", {"room": stage.room, "user": people["bob"].id, "role": "owner"})["ok"]

    stage.mallory.hears("member", AT_ONCE, room=stage.room, user=people["bob"].id, role="owner")
    stage.mallory.hears("member", AT_ONCE, room=stage.room, user=people["alice"].id, role="moderator")
    again = stage.alice.call("set_role", {"room": stage.room, "user": people["mallory"].id, "role": "owner"})
    assert again["error"]["code"] == "forbidden"
    assert stage.moderate(stage.alice, "mute", "bob")["error"]["code"] == "forbidden"


def test_a_moderator_closes_the_room_and_an_owner_archives_it(stage: Stage) -> None:
    assert stage.dora.call("update_room", {"room": stage.room, "state": "announcement", "slow_mode": 30})["ok"]
    stage.bob.hears("room", AT_ONCE, room=stage.room, state="announcement", slow_mode=30)
    assert stage.say(stage.bob)["error"]["code"] == "forbidden"
    assert stage.say(stage.dora)["ok"]

    assert stage.dora.call("update_room", {"room": stage.room, "state": "archived"})["error"]["code"] == "forbidden"
    assert stage.bob.call("update_room", {"room": stage.room, "topic": "mine"})["error"]["code"] == "forbidden"
    assert stage.alice.call("update_room", {"room": stage.room, "state": "archived"})["ok"]
    assert stage.say(stage.dora)["error"]["code"] == "room_closed"
    assert stage.dora.call("update_room", {"room": stage.room, "state": "open"})["error"]["code"] == "forbidden"


@pytest.mark.parametrize("action", ["mute", "unmute", "kick", "ban", "unban"])
def test_who_does_not_moderate_the_room_does_nothing_there(stage: Stage, connect: Connect, action: str) -> None:
    carol = connect("carol")
    assert stage.moderate(stage.bob, action, "mallory")["error"]["code"] == "forbidden"
    assert stage.moderate(stage.dora, action, "alice")["error"]["code"] == "forbidden"
    assert stage.moderate(carol, action, "mallory")["error"]["code"] == "not_member"
    assert stage.moderate(carol, action, "mallory", room=999_999_999)["error"]["code"] == "not_found"
    site_wide = stage.moderate(stage.alice, action, "mallory", room=None)["error"]["code"]
    assert site_wide == ("bad_request" if action == "kick" else "forbidden")


def test_a_report_from_flag_to_answer(stage: Stage, server: ServerProcess, people: People) -> None:
    seq = stage.say(stage.mallory, "something rude")["seq"]
    report = stage.bob.call("report", {"room": stage.room, "seq": seq, "reason": "rude"})["report"]
    told = stage.dora.hears("report", AT_ONCE, room=stage.room, report=report, state="open")
    queue = f"{server.url}/rooms/{stage.facts['slug']}/reports/"
    [shown] = requests.get(queue, headers={"Cookie": people["dora"].cookie}, timeout=10).json()["reports"]
    assert (shown["id"], shown["snapshot"]["text"], shown["reporter"]["id"]) == (report, "something rude", people["bob"].id)

    assert stage.dora.call("handle_report", {"report": report, "action": "claim"})["ok"]
    stage.alice.hears("report", AT_ONCE, **{**told, "state": "claimed"})
    assert stage.dora.call("delete", {"room": stage.room, "seq": seq, "reason": "rude"})["ok"]
    handled = {"report": report, "action": "resolve", "outcome": "deleted", "answer": "It is gone."}
    assert stage.dora.call("handle_report", handled)["ok"]
    stage.bob.hears("report", AT_ONCE, report=report, state="resolved", answer="It is gone.")
    stage.mallory.hears("amended", room=stage.room, seq=seq, deleted=True)
    assert not stage.mallory.heard("report")
    assert stage.bob.call("handle_report", {"report": report, "action": "claim"})["error"]["code"] == "not_found"


def test_staff_hear_at_once_what_waits_in_rooms_that_they_are_not_in(hidden: Stage, connect: Connect, people: People) -> None:
    ruth = connect("ruth")
    seq = hidden.say(hidden.mallory, "spam")["seq"]
    report = hidden.bob.call("report", {"room": hidden.room, "seq": seq, "reason": "rude"})["report"]
    ruth.hears("report", AT_ONCE, room=hidden.room, report=report, state="open")
    assert hidden.moderate(hidden.dora, "mute", "mallory", seconds=600)["ok"]
    ruth.hears("sanction", AT_ONCE, room=hidden.room, user=people["mallory"].id, kind="mute")
    assert not ruth.heard("message")


def test_who_asks_is_let_in_and_is_live_without_a_reload(
    hidden: Stage, connect: Connect, server: ServerProcess, people: People
) -> None:
    carol = connect("carol")
    assert hidden.dora.call("update_room", {"room": hidden.room, "takes_requests": True})["ok"]
    _ask_to_join(f"{server.url}/rooms/{hidden.facts['slug']}/", people["carol"].cookie)
    for moderator in (hidden.dora, hidden.alice):
        moderator.hears("request", AT_ONCE, room=hidden.room, user=people["carol"].id, state="open")

    answer = {"room": hidden.room, "user": people["carol"].id, "accept": True, "reason": "Welcome"}
    assert hidden.bob.call("answer_join_request", answer)["error"]["code"] == "forbidden"
    assert hidden.dora.call("answer_join_request", answer)["ok"]
    told = carol.hears("request", AT_ONCE, room=hidden.room, state="accepted")
    assert (told["answer"], told["name"]) == ("Welcome", hidden.facts["name"])
    carol.hears("room", AT_ONCE, id=hidden.room)
    hidden.say(hidden.alice, "hello carol")
    carol.hears("message", room=hidden.room, text="hello carol")
    assert not hidden.bob.heard("request")


def _ask_to_join(door: str, session: str) -> None:
    """Fill in the form at the door, as a browser does."""
    page = requests.get(door, headers={"Cookie": session}, timeout=10)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    assert token
    cookies = f"{session}; csrftoken={page.cookies['csrftoken']}"
    words = {"words": "I am new", "csrfmiddlewaretoken": token[1]}
    assert requests.post(f"{door}ask/", words, headers={"Cookie": cookies, "Referer": door}, timeout=10).status_code == 200


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE chat_moderationlog SET reason = 'none'",
        "DELETE FROM chat_moderationlog",
        "INSERT OR REPLACE INTO chat_moderationlog SELECT * FROM chat_moderationlog",
    ],
)
def test_what_moderators_did_cannot_be_unwritten(stage: Stage, server: ServerProcess, tampering: str) -> None:
    assert stage.moderate(stage.dora, "mute", "mallory")["ok"]
    with closing(sqlite3.connect(server.data_dir / "parley.sqlite3", timeout=20)) as database:
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            database.execute(tampering)
        database.rollback()
        newest = "SELECT action, reason FROM chat_moderationlog WHERE room_id = ? ORDER BY id DESC LIMIT 1"
        assert database.execute(newest, [stage.room]).fetchone() == ("mute", "spam")
