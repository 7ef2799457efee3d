"""However long somebody was away, they miss nothing."""

import json

from tests.live.conftest import Connect
from tests.support.wire_client import WireClient

SENT_AT_ONCE = 500


def _send(client: WireClient, room: int, first: int, count: int) -> None:
    """Send numbered messages, some hundred of them on their way at a time."""
    for start in range(first, first + count, SENT_AT_ONCE):
        numbers = range(start, min(start + SENT_AT_ONCE, first + count))
        requests = [{"room": room, "client_id": f"number-{number:06}", "text": f"{number}"} for number in numbers]
        sent = [client.send_raw(json.dumps(["send", request])) for request in requests]
        assert all(client.answer_to(packet_id)["ok"] for packet_id in sent)


def _state(client: WireClient, room: int, position: dict) -> dict:
    rooms = client.call("sync", {"rooms": {str(room): position}})["rooms"]
    [state] = [state for state in rooms if state["id"] == room]
    return state


def test_499_messages_and_40_amendments_come_exactly(connect: Connect, room_name: str) -> None:
    alice, bob = connect("alice"), connect("bob")
    room = alice.call("create", {"name": room_name, "kind": "public"})["room"]["id"]
    bob.call("join", {"room": room})
    _send(alice, room, 1, 100)
    epoch = _state(bob, room, {})["epoch"]
    bob.close()
    _send(alice, room, 101, 499)
    for number in range(1, 41):
        assert alice.call("edit", {"room": room, "seq": number, "text": f"edited {number}"})["ok"]

    state = _state(connect("bob"), room, {"epoch": epoch, "seq": 100, "rev": 0})

    assert state["catch_up"] == "complete"
    assert [message["text"] for message in state["messages"]] == [f"{number}" for number in range(101, 600)]
    assert [(a["seq"], a["rev"], a["text"]) for a in state["amendments"]] == [(n, n, f"edited {n}") for n in range(1, 41)]


def test_after_6000_messages_a_window_and_no_hole_behind_it(connect: Connect, room_name: str) -> None:
    """More than the live log holds (HOT_MESSAGES is 5,000): the rest comes from the archive."""
    alice, bob = connect("alice"), connect("bob")
    room = alice.call("create", {"name": room_name, "kind": "public"})["room"]["id"]
    bob.call("join", {"room": room})
    epoch = _state(bob, room, {})["epoch"]
    bob.close()
    _send(alice, room, 1, 6_000)

    bob = connect("bob")
    state = _state(bob, room, {"epoch": epoch, "seq": 0, "rev": 0})
    assert (state["catch_up"], len(state["messages"])) == ("window", 50)
    seen = [message["seq"] for message in state["messages"]]
    first = False
    while not first:
        page = bob.call("history", {"room": room, "before": seen[0], "limit": 100})
        seen, first = [message["seq"] for message in page["messages"]] + seen, page["first"]
    assert seen == list(range(1, 6_001))
