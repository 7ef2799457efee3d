"""What Redis published to nobody reaches everyone all the same."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial

import pytest
import redis

from tests.live.conftest import sign_in
from tests.support.live_server import ServerProcess
from tests.support.wire_client import WireClient


@pytest.fixture
def mortal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    server = ServerProcess(tmp_path_factory.mktemp("deaf")).start()
    yield server
    server.stop()


def _count(client: WireClient, room: int, count: int) -> bool:
    return len(client.heard("message", room=room)) >= count


def test_the_subscription_is_cut_again_and_again(mortal: ServerProcess) -> None:
    people = sign_in(mortal, "alice", "bob")
    alice, bob = (WireClient(mortal.port, people[handle].cookie) for handle in ("alice", "bob"))
    room = alice.call("create", {"name": "general", "kind": "public"})["room"]["id"]
    bob.call("join", {"room": room})

    with redis.Redis(unix_socket_path=str(mortal.data_dir / "redis.sock")) as client:
        for number in range(60):
            if number % 10 == 5:
                client.execute_command("CLIENT", "KILL", "TYPE", "pubsub")
            assert alice.call("send", {"room": room, "client_id": f"message-{number:03}", "text": "x"})["ok"]

    for somebody in (alice, bob):
        assert somebody.wait(partial(_count, somebody, room, 60))
        assert [message["seq"] for message in somebody.heard("message", room=room)] == list(range(1, 61))
        somebody.close()


def test_who_was_removed_while_nobody_listened_hears_nothing_more(mortal: ServerProcess) -> None:
    people = sign_in(mortal, "alice", "bob")
    alice, bob = (WireClient(mortal.port, people[handle].cookie) for handle in ("alice", "bob"))
    room = alice.call("create", {"name": "general", "kind": "public"})["room"]["id"]
    bob.call("join", {"room": room})

    with redis.Redis(unix_socket_path=str(mortal.data_dir / "redis.sock")) as client:
        # As if another process had removed bob while this one's subscription was down.
        client.hdel(f"room:{{{room}}}:members", str(people["bob"].id))
        client.execute_command("CLIENT", "KILL", "TYPE", "pubsub")

    assert bob.hears("removed", room=room)
    alice.call("send", {"room": room, "client_id": "after-bob-1", "text": "x"})
    alice.hears("message", room=room)
    assert not bob.heard("message", room=room)
    for somebody in (alice, bob):
        somebody.close()


def test_who_was_banned_from_the_site_while_nobody_listened_is_let_go(mortal: ServerProcess) -> None:
    people = sign_in(mortal, "alice", "mallory")
    alice, mallory = (WireClient(mortal.port, people[handle].cookie) for handle in ("alice", "mallory"))
    with closing(sqlite3.connect(mortal.data_dir / "parley.sqlite3", timeout=20)) as database, database:
        # As if another process had banned mallory while this one's subscription was down.
        database.execute(
            "INSERT INTO chat_sanction (kind, user_id, reason, starts_at) VALUES ('ban', ?, 'spam', datetime('now'))",
            [people["mallory"].id],
        )
    with redis.Redis(unix_socket_path=str(mortal.data_dir / "redis.sock")) as client:
        client.execute_command("CLIENT", "KILL", "TYPE", "pubsub")

    assert mallory.closed.wait(10)
    assert alice.call("sync", {"rooms": {}})["ok"]
    for somebody in (alice, mallory):
        somebody.close()
