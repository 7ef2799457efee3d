"""A server whose loop stands still counts it; of one that the host did not run nothing is printed."""

import os
import signal
import time

import pytest
import redis
import requests

from tests.security.bystander import Bystander
from tests.security.mallory import Mallory, codes
from tests.support.hostile_texts import FULL, MARKS, filling, volley

ARCHIVED_WITHIN = 2.5
FORMS = {
    "/accounts/handle/": ["username"],
    "/accounts/login/": ["login", "password"],
    "/accounts/signup/": ["name", "username", "email", "password1"],
    "/accounts/password/reset/": ["email"],
    "/admin/login/": ["username", "password"],
    "/setup/no-such-token/": ["name", "handle", "email", "password", "room"],
    "/rooms/nowhere/ask/": ["words"],
    "/language/": ["language", "next"],
}
QUERIES = [
    ("/rooms/", "q"),
    ("/rooms/", "show"),
    ("/rooms/", "page"),
    ("/search/", "q"),
    ("/search/", "zone"),
    ("/search/", "after"),
    ("/mentions/", "after"),
    ("/people/", "q"),
]
# Each with what else it needs, and the field that holds the text.
EVENTS: list[tuple[str, dict[str, object], str]] = [
    ("create", {"kind": "public"}, "name"),
    ("create", {"kind": "private", "name": "x"}, "topic"),
    ("update_room", {}, "name"),
    ("update_room", {}, "topic"),
    ("react", {"seq": 1, "on": True}, "emoji"),
    ("report", {"seq": 1}, "reason"),
    ("moderate", {"action": "mute", "user": 1, "seconds": 60}, "reason"),
    ("delete", {"seq": 1}, "reason"),
    ("purge", {"user": 1}, "reason"),
    ("answer_join_request", {"user": 1, "accept": True}, "reason"),
    ("handle_report", {"report": 1, "action": "resolve"}, "outcome"),
    ("set_word_rule", {"kind": "word", "effect": "hold"}, "pattern"),
    ("set_word_rule", {"kind": "link", "effect": "hold"}, "pattern"),
    ("send", {"client_id": "hostile-1"}, "text"),
    ("edit", {"seq": 1}, "text"),
]


def test_a_stall_of_the_host_is_counted_and_not_printed(server):
    assert _becomes(lambda: "Parley is at" in server.said())
    with redis.Redis(unix_socket_path=str(server.data_dir / "redis.sock"), decode_responses=True) as client:
        before = int(client.hget("metrics", "stalls") or 0)
        client.hdel("metrics", "worst_stall_ms")  # of the loop's own, which a busy machine makes longer

        os.kill(server.pid, signal.SIGSTOP)
        time.sleep(0.3)
        os.kill(server.pid, signal.SIGCONT)

        assert _becomes(lambda: int(client.hget("metrics", "stalls") or 0) > before)
        worst = int(client.hget("metrics", "worst_stall_ms"))
    assert worst >= 300
    assert f"stood still for {worst} ms" not in server.said()


def _becomes(true):
    deadline = time.monotonic() + 30
    while not true() and time.monotonic() < deadline:
        time.sleep(0.01)
    return true()


@pytest.fixture
def bystander(connect, server) -> Bystander:
    return Bystander(connect("alice"), server.pid)


@pytest.fixture
def mallory(connect, server, people):
    return Mallory(connect("mallory"), server, people["mallory"].cookie, "mallory")


def test_no_form_keeps_others_waiting(bystander, server, people):
    """Everything that a page takes, by who is nobody and by who is signed in, filled to the brim of what is read."""
    browser = requests.Session()
    browser.get(f"{server.url}/accounts/login/", timeout=60)
    token = browser.cookies["csrftoken"] or ""
    browser.headers.update({"X-CSRFToken": token, "Origin": server.url})
    cookies = ["", people["mallory"].cookie]
    texts = filling(40_000)

    def post_everything():
        for number, (path, names) in enumerate(FORMS.items()):
            text = list(texts.values())[number % 4]
            headers = {"Cookie": f"csrftoken={token}; {cookies[path.startswith('/rooms')]}"}
            # Every field as long as all of them may be together: as a form in parts, in which nothing is written as %CC%81.
            typed = {name: (None, _cut(text, 60_000 // len(names))) for name in names}
            assert browser.post(server.url + path, files=typed, headers=headers, timeout=60).status_code < 500, path

    bystander.is_not_kept_waiting(lambda: post_everything)


def _cut(text: str, most_bytes: int) -> str:
    return text.encode()[:most_bytes].decode(errors="ignore")


def test_no_address_keeps_others_waiting(bystander, mallory):
    def ask_everything():
        for path, name in QUERIES:
            for text in list(filling(600).values())[:12]:
                assert mallory.get(path, **{name: text}).status_code < 500, path

    bystander.is_not_kept_waiting(lambda: ask_everything)


def test_no_event_keeps_others_waiting(bystander, mallory):
    """Every event that has a text, with one of every kind, and far too long."""
    room = mallory.room["id"]
    # The last one fills a frame: it took 2 s to normalise, whatever the field.
    texts = [*filling(900).values(), *list(filling(25_000).values())[:4], MARKS * 30_000]

    def say_everything():
        events = [(name, {**known, "room": room, field: text}) for name, known, field in EVENTS for text in texts]
        # In one breath: each was taken apart in 15 ms, and nothing else was done in between.
        edits = [("edit", {"room": room, "seq": 1, "text": f"{number} {volley()[-1]}"[:FULL]}) for number in range(64)]
        answers = mallory.volley(events + edits)
        assert {"ok", "bad_request", "too_long"} <= set(codes(answers))
        assert "unavailable" not in codes(answers)

    bystander.is_not_kept_waiting(lambda: say_everything)


def test_no_message_keeps_others_waiting_whoever_judges_archives_or_finds_it(bystander, mallory):
    """Without limits: 60 in one breath, with rules to be judged by; the second that archives them, and what finds them."""
    for number in range(40):
        rule = {"room": mallory.room["id"], "kind": ("word", "link")[number % 2], "pattern": f"evil{number}.example"}
        assert mallory.client.call("set_word_rule", {**rule, "effect": "flag"})["ok"]

    def send_and_find():
        assert codes(mallory.send(volley() * 3)).count("ok") >= 45
        assert mallory.client.call("edit", {"room": mallory.room["id"], "seq": 1, "text": volley()[6]})["ok"]
        time.sleep(ARCHIVED_WITHIN)
        for words in ("", "a", '"a a"', "東京", "صلى"):
            assert mallory.get("/search/", q=f"in:{mallory.room['slug']} {words}").status_code < 500

    bystander.is_not_kept_waiting(lambda: send_and_find)
