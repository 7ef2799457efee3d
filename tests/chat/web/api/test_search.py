import json

import pytest
from django.db import connection

from chat.archive.search.index import index_of
from chat.archive.search.terms import IndexEntry
from chat.models import Message, Room


@pytest.fixture
def say(live, alice):
    """Puts a message of alice's into a room's archive."""

    def put(room: Room, text: str, seq: int = 1) -> None:
        sent_at = 1_795_500_000_000 + seq
        author = {"id": alice.pk, "handle": "alice", "name": "Alice"}
        payload = {"room": room.pk, "seq": seq, "epoch": "a", "sent_at": sent_at, "text": text, "author": author}
        message = Message.objects.create(room=room, seq=seq, author=alice, text=text, sent_at=sent_at, rest=json.dumps(payload))
        index_of(connection).put([IndexEntry(message.pk, room.pk, alice.pk, sent_at, text)])

    return put


def test_results_are_told_with_their_rooms(browser, room, alice, say):
    sea = room("sea", alice)
    say(sea, "a <b>lighthouse</b>")
    answer = browser.get("/search/", {"q": "lighthouse"})
    assert answer.json() == {
        "ok": True,
        "results": [
            {
                "room": sea.pk,
                "seq": 1,
                "sent_at": 1_795_500_000_001,
                "author": {"id": alice.pk, "handle": "alice", "name": "Alice"},
                "text": "a <b>lighthouse</b>",
                "found": ["lighthouse"],
                "before": None,
                "after": None,
            }
        ],
        "rooms": [{"id": sea.pk, "slug": "sea", "name": "sea", "kind": "public", "topic": "", "state": "open", "slow_mode": 0}],
        "unknown": [],
        "not_operators": [],
        "next": "",
    }
    assert "no-store" in answer["Cache-Control"]


def test_what_names_nothing_is_told(browser, live):
    answer = browser.get("/search/", {"q": "boat in:absent from:nobody"}).json()
    assert (answer["results"], answer["unknown"]) == ([], ["in:absent", "from:nobody"])


def test_pages_are_asked_for_by_what_they_come_after(browser, room, alice, say):
    sea = room("sea", alice)
    for seq in range(1, 31):
        say(sea, f"lighthouse {seq}", seq)
    first = browser.get("/search/", {"q": "lighthouse"}).json()
    second = browser.get("/search/", {"q": "lighthouse", "after": first["next"]}).json()
    assert [hit["seq"] for hit in first["results"] + second["results"]] == list(range(30, 0, -1))
    assert second["next"] == ""


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({}, 400, "empty"),
        ({"q": "before:soon"}, 400, "bad_request"),
        ({"q": "boat", "after": "1 OR 1"}, 400, "bad_request"),
        ({"q": "\0\ud800"}, 400, "empty"),
    ],
)
def test_what_is_wrong_is_said_as_the_wire_says_it(browser, room, alice, live, asked, status, code):
    room("sea", alice)
    answer = browser.get("/search/", {name: value.encode(errors="replace") for name, value in asked.items()})
    assert answer.status_code == status
    assert (answer.json()["ok"], answer.json()["error"]["code"]) == (False, code)
    assert answer.json()["error"]["message"]


def test_who_asks_too_often_is_told_when_to_come_again(browser, live, settings):
    settings.LIMITS = {**settings.LIMITS, "searches": (3, 3_000)}
    answers = [browser.get("/search/", {"q": "boat"}) for _ in range(10)]
    refused = next(answer for answer in answers if answer.status_code != 200)
    assert refused.status_code == 429
    assert refused.json()["error"]["code"] == "rate_limited"
    assert 0 < refused.json()["error"]["retry_in"] <= 1
    assert refused["Retry-After"] == "1"


def test_a_stranger_is_refused_in_json(client, db):
    answer = client.get("/search/", {"q": "boat"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "not_signed_in")


def test_search_is_only_read(browser):
    assert browser.post("/search/", {"q": "boat"}).status_code == 405
