import json

import pytest
from django.test import Client

from chat.models import Mention, Message


@pytest.fixture
def call(live, bob):
    """Puts a message of bob's into a room's archive that names somebody."""

    def put(room, whom, seq=1):
        author = {"id": bob.pk, "handle": "bob", "name": "Bob"}
        sent_at = 1_795_500_000_000 + seq
        payload = {
            "room": room.pk,
            "seq": seq,
            "sent_at": sent_at,
            "text": "@alice <b>",
            "author": author,
            "mentions": [whom.pk],
        }
        Message.objects.create(room=room, seq=seq, author=bob, text="@alice <b>", sent_at=sent_at, rest=json.dumps(payload))
        Mention.objects.create(room=room, seq=seq, user=whom, author=bob)

    return put


def test_what_names_me_is_told(browser, room, alice, bob, call):
    sea = room("sea", alice, bob)
    call(sea, alice)
    answer = browser.get("/mentions/")
    author = {"id": bob.pk, "handle": "bob", "name": "Bob"}
    mention = {
        "room": sea.pk,
        "seq": 1,
        "sent_at": 1_795_500_000_001,
        "author": author,
        "text": "@alice <b>",
        "is_reply": False,
    }
    assert answer.json() == {"ok": True, "mentions": [mention], "next": ""}
    assert "no-store" in answer["Cache-Control"]


def test_of_a_room_that_i_am_not_in_nothing_is_told(browser, room, alice, bob, call):
    call(room("public", bob), alice)
    call(room("secret", bob, kind="private"), alice)
    assert browser.get("/mentions/").json() == {"ok": True, "mentions": [], "next": ""}


def test_pages(browser, room, alice, bob, call):
    sea = room("sea", alice, bob)
    for seq in range(1, 31):
        call(sea, alice, seq)
    first = browser.get("/mentions/").json()
    second = browser.get("/mentions/", {"after": first["next"]}).json()
    assert [mention["seq"] for mention in first["mentions"] + second["mentions"]] == list(range(30, 0, -1))
    assert second["next"] == ""


def test_refusals_are_told_in_json(browser, live, settings):
    wrong = browser.get("/mentions/", {"after": "1 OR 1"})
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (400, "bad_request")
    stranger = Client().get("/mentions/")
    assert (stranger.status_code, stranger.json()["error"]["code"]) == (401, "not_signed_in")
    settings.LIMITS = {**settings.LIMITS, "searches": (3, 3_000)}
    answers = [browser.get("/mentions/") for _ in range(10)]
    assert next(answer for answer in answers if answer.status_code != 200).status_code == 429
    assert browser.post("/mentions/").status_code == 405
