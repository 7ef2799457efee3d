"""M7: nobody buries what people report under messages that the word list flags."""

import itertools

import pytest
import requests

from chat.actions.moderation.report_handling import PAGE

FLAGGED = 12
_numbers = itertools.count(1)


def _send(client, room, text):
    answer = client.call("send", {"room": room, "client_id": f"report-{next(_numbers):06}", "text": text})
    assert answer["ok"], answer
    return answer["seq"]


def _reports(server, people, handle, path, **parameters):
    return requests.get(server.url + path, parameters, headers={"Cookie": people[handle].cookie}, timeout=30)


@pytest.fixture
def buried(connect, room_name, mallory):
    """A room of alice's in which bob reports carol's threat; then mallory says a flagged word, again and again."""
    alice, bob, carol, mal = connect("alice"), connect("bob"), connect("carol"), mallory()
    room = alice.call("create", {"kind": "public", "name": room_name})["room"]
    for client in (bob, carol, mal.client):
        assert client.call("join", {"room": room["id"]})["ok"]
    rule = {"room": room["id"], "kind": "word", "pattern": "spam", "effect": "flag"}
    assert alice.call("set_word_rule", rule)["ok"]
    threat = _send(carol, room["id"], "I know where you live")
    assert bob.call("report", {"room": room["id"], "seq": threat, "reason": "a threat"})["ok"]
    last = [_send(mal.client, room["id"], f"spam {number}") for number in range(FLAGGED)][-1]
    return room, threat, last


def test_m7_what_a_person_reports_is_first_and_flags_of_one_rule_are_one(buried, server, people):
    room, threat, last = buried
    for path in ("/reports/", f"/rooms/{room['slug']}/reports/"):
        answer = _reports(server, people, "alice", path).json()
        queue = [each for each in answer.get("of_rooms", answer.get("reports")) if each["snapshot"]["room"] == room["id"]]
        assert [(each["source"], each["seq"], each["count"]) for each in queue] == [
            ("person", threat, 1), ("flagged", last, FLAGGED)
        ]  # fmt: skip
        assert queue[1]["snapshot"]["text"] == f"spam {FLAGGED - 1}"


def test_m7_the_queue_is_paged_and_a_wrong_page_is_refused(buried, server, people):
    room, _, _ = buried
    answer = _reports(server, people, "alice", f"/rooms/{room['slug']}/reports/").json()
    assert (len(answer["reports"]) <= PAGE, answer["next"]) == (True, "")
    for wrong in ("x", "1", "1-", "1-2-3", "9" * 30, "²-1"):
        assert _reports(server, people, "alice", "/reports/", after=wrong).status_code == 400
