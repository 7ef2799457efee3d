"""A message's way from one person to the others, over the real wire."""

import json
import threading
from functools import partial

from tests.live.conftest import Connect, People


def _open_room(alice, name, *others, kind="public"):
    room = alice.call("create", {"name": name, "kind": kind})["room"]
    for client in others:
        assert client.call("join", {"room": room["id"]})["ok"]
    return room["id"]


def _has_texts(client, room, count):
    return len(client.texts(room)) == count


def test_everyone_in_the_room_sees_a_message_the_sender_too(connect: Connect, people: People, room_name: str) -> None:
    alice, bob = connect("alice"), connect("bob")
    room = _open_room(alice, room_name, bob)

    answer = alice.call("send", {"room": room, "client_id": "first-one", "text": "  Hello, *Bob*\r\n"})

    assert answer["ok"]
    assert answer["seq"] == 1
    for client in (alice, bob):
        message = client.hears("message", room=room)
        assert message["text"] == "Hello, *Bob*"
        assert message["author"] == {"id": people["alice"].id, "handle": "alice", "name": "Alice"}
        assert (message["seq"], message["epoch"], message["sent_at"]) == (1, answer["epoch"], answer["sent_at"])
        assert message["client_id"] == "first-one"
        assert message["kind"] == "text"


def test_a_resend_is_answered_and_stored_once(connect: Connect, room_name: str) -> None:
    alice = connect("alice")
    room = _open_room(alice, room_name)
    first = alice.call("send", {"room": room, "client_id": "same-thing", "text": "once"})
    alice.call("send", {"room": room, "client_id": "another-one", "text": "twice"})

    again = alice.call("send", {"room": room, "client_id": "same-thing", "text": "once"})

    assert again == {**first, "duplicate": True}
    assert alice.call("history", {"room": room})["messages"][0]["text"] == "once"
    assert len(alice.call("history", {"room": room})["messages"]) == 2


def test_what_is_sent_in_one_breath_keeps_its_order_and_one_refusal_stops_nothing(connect: Connect, room_name: str) -> None:
    alice, bob = connect("alice"), connect("bob")
    room = _open_room(alice, room_name, bob)
    texts = ["one", "two", " ", "three", "two again", *map(str, range(100))]
    ids = ["first-one", "second-one", "empty-one", "third-one", "second-one", *(f"number-{number}" for number in range(100))]

    asked = [
        alice.send_raw(json.dumps(["send", {"room": room, "client_id": client_id, "text": text}]))
        for client_id, text in zip(ids, texts, strict=True)
    ]
    asked.insert(3, alice.send_raw(json.dumps(["history", {"room": room, "limit": 0}])))
    answers = [alice.answer_to(packet_id) for packet_id in asked]

    assert answers[2]["error"]["code"] == "empty"
    assert answers[3]["error"]["code"] == "bad_request"
    assert answers[5] == {**answers[1], "duplicate": True}
    assert [answer["seq"] for answer in answers if answer["ok"] and "duplicate" not in answer] == list(range(1, 104))
    for client in (alice, bob):
        assert client.wait(partial(_has_texts, client, room, 103))
        assert client.texts(room) == ["one", "two", "three", *map(str, range(100))]


def test_two_people_may_use_the_same_client_id(connect: Connect, room_name: str) -> None:
    alice, mallory = connect("alice"), connect("mallory")
    room = _open_room(alice, room_name, mallory)
    alice.call("send", {"room": room, "client_id": "harvested", "text": "mine"})

    answer = mallory.call("send", {"room": room, "client_id": "harvested", "text": "mine, too"})

    assert answer["seq"] == 2
    assert "duplicate" not in answer


def test_two_people_at_once_are_seen_in_one_order_by_both(connect: Connect, room_name: str) -> None:
    alice, bob = connect("alice"), connect("bob")
    room = _open_room(alice, room_name, bob)

    def send_many(client, name):
        requests = [{"room": room, "client_id": f"{name}-{n:05}", "text": f"{name} {n}"} for n in range(200)]
        ids = [client.send_raw(json.dumps(["send", request])) for request in requests]
        assert all(client.answer_to(packet_id)["ok"] for packet_id in ids)

    senders = [threading.Thread(target=send_many, args=pair) for pair in ((alice, "alice"), (bob, "bob"))]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()

    for client in (alice, bob):
        assert client.wait(partial(_has_texts, client, room, 400))
        assert [message["seq"] for message in client.heard("message", room=room)] == list(range(1, 401))
    assert alice.texts(room) == bob.texts(room)
    assert [text for text in alice.texts(room) if text.startswith("bob")] == [f"bob {n}" for n in range(200)]


def test_who_was_away_gets_what_they_missed(connect: Connect, room_name: str) -> None:
    alice, bob = connect("alice"), connect("bob")
    room = _open_room(alice, room_name, bob)
    alice.call("send", {"room": room, "client_id": "before-it", "text": "before"})
    seen = bob.hears("message", room=room)
    bob.close()
    for number in range(3):
        alice.call("send", {"room": room, "client_id": f"while-away-{number}", "text": f"missed {number}"})

    bob = connect("bob")
    answer = bob.call("sync", {"rooms": {str(room): {"epoch": seen["epoch"], "seq": 1, "rev": 0}}})

    [state] = [state for state in answer["rooms"] if state["id"] == room]
    assert state["catch_up"] == "complete"
    assert [message["text"] for message in state["messages"]] == ["missed 0", "missed 1", "missed 2"]
    assert (state["seq"], state["unread"]) == (4, 4)


def test_a_stranger_to_the_epoch_is_told_to_start_afresh(connect: Connect, room_name: str) -> None:
    alice = connect("alice")
    room = _open_room(alice, room_name)
    alice.call("send", {"room": room, "client_id": "only-one-1", "text": "only"})

    for position in ({"epoch": "none", "seq": 1, "rev": 0}, {"epoch": "", "seq": 0, "rev": 0}):
        answer = alice.call("sync", {"rooms": {str(room): position}})
        [state] = [state for state in answer["rooms"] if state["id"] == room]
        assert state["catch_up"] == "window"
        assert [message["text"] for message in state["messages"]] == ["only"]


def test_history_pages_back_to_the_first_message(connect: Connect, room_name: str) -> None:
    alice = connect("alice")
    room = _open_room(alice, room_name)
    for number in range(1, 13):
        alice.call("send", {"room": room, "client_id": f"number-{number:04}", "text": f"{number}"})

    newest = alice.call("history", {"room": room, "limit": 5})
    older = alice.call("history", {"room": room, "before": 8, "limit": 5})
    oldest = alice.call("history", {"room": room, "before": 3, "limit": 5})
    around = alice.call("history", {"room": room, "around": 6, "limit": 4})

    assert [message["seq"] for message in newest["messages"]] == [8, 9, 10, 11, 12]
    assert [message["seq"] for message in older["messages"]] == [3, 4, 5, 6, 7]
    assert [message["seq"] for message in oldest["messages"]] == [1, 2]
    assert [message["seq"] for message in around["messages"]] == [4, 5, 6, 7]
    assert [page["first"] for page in (newest, older, oldest)] == [False, False, True]
