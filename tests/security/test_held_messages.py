"""What a word list holds back is kept as it would be sent: it was kept as typed, of any length and with anything in it."""

import pytest
import requests

from tests.security.mallory import codes

# 20,000 characters more than a message may have, which draw nothing.
TYPED = "\u0000my \u0007casino" + "\u0001" * 20_000


@pytest.fixture
def reported(connect, room_name, mallory, server, people):
    """Let alice's list do something with a word, mallory type it, and return the code, the room and what alice is shown."""

    def report(effect):
        alice, mal = connect("alice"), mallory()
        room = alice.call("create", {"kind": "public", "name": room_name})["room"]
        rule = {"room": room["id"], "kind": "word", "pattern": "casino", "effect": effect}
        assert alice.call("set_word_rule", rule)["ok"]
        assert mal.client.call("join", {"room": room["id"]})["ok"]
        [code] = codes(mal.send([TYPED], room["id"]))
        address, headers = f"{server.url}/rooms/{room['slug']}/reports/", {"Cookie": people["alice"].cookie}
        [shown] = requests.get(address, headers=headers, timeout=30).json()["reports"]
        return alice, code, room, shown

    return report


def test_a_held_message_is_kept_as_it_would_be_sent(reported):
    alice, code, room, report = reported("hold")
    assert (code, report["snapshot"]["text"]) == ("held", "my casino")

    assert alice.call("handle_report", {"report": report["id"], "action": "send"})["ok"]
    assert alice.hears("message", room=room["id"])["text"] == "my casino"


def test_a_flagged_message_is_shown_as_it_was_sent(reported):
    _, code, _, report = reported("flag")
    assert (code, report["snapshot"]["text"]) == ("ok", "my casino")
