"""Two processes on one Redis and one database: one room, one order, one list of who is here."""

import threading
from functools import partial

from tests.live.conftest import sign_in
from tests.support.live_server import ServerProcess
from tests.support.wire_client import WireClient


def _has_texts(client, room, count):
    return len(client.texts(room)) >= count


def test_one_order_on_both_and_who_is_here_after_a_kill(pair: tuple[ServerProcess, ServerProcess]) -> None:
    one, two = pair
    people = sign_in(one, "alice", "bob")
    alice = WireClient(one.port, people["alice"].cookie)
    bob = WireClient(two.port, people["bob"].cookie)
    room = alice.call("create", {"name": "general", "kind": "private"})["room"]["id"]
    assert bob.call("join", {"room": room})["error"]["code"] == "not_found"
    alice.call("invite", {"room": room, "user": people["bob"].id})
    assert bob.hears("room", id=room)["name"] == "general"
    alice.hears("presence", room=room, user=people["bob"].id, status="active")

    senders = [threading.Thread(target=_send_100, args=(client, room)) for client in (alice, bob)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    for client in (alice, bob):
        assert client.wait(partial(_has_texts, client, room, 200))
    assert alice.heard("message", room=room) == bob.heard("message", room=room)
    assert [message["seq"] for message in alice.heard("message", room=room)] == list(range(1, 201))

    two.kill()

    alice.hears("presence", seconds=5, room=room, user=people["bob"].id, status="offline")
    [state] = alice.call("sync", {"rooms": {}})["rooms"]
    assert state["online"] == [{"user": people["alice"].id, "status": "active"}]
    two.start()
    bob = WireClient(two.port, people["bob"].cookie)
    alice.wait(lambda: len(alice.heard("presence", user=people["bob"].id, status="active")) == 2)
    for client in (alice, bob):
        client.close()


def _send_100(client: WireClient, room: int) -> None:
    for number in range(100):
        assert client.call("send", {"room": room, "client_id": f"number-{number:05}", "text": "x"})["ok"]
