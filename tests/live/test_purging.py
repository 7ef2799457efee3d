"""Five thousand messages of one person, gone from every screen of two server processes, and back."""

import json
import sqlite3
import time
from contextlib import closing

import pytest

from tests.live.conftest import sign_in
from tests.support.live_server import ServerProcess
from tests.support.wire_client import WireClient

MESSAGES = 5_000
# It takes a second or two (docs/performance/README.md); a test must also pass where many others run beside it.
AT_LAST = 60.0


@pytest.fixture
def stage(pair: tuple[ServerProcess, ServerProcess]):
    """Alice's room with bob on one server, mallory on the other."""
    one, two = pair
    people = sign_in(one, "alice", "bob", "mallory")
    alice, bob, mallory = (
        WireClient(server.port, people[handle].cookie) for server, handle in ((one, "alice"), (two, "bob"), (two, "mallory"))
    )
    room = alice.call("create", {"name": "general", "kind": "public"})["room"]["id"]
    for member in (bob, mallory):
        assert member.call("join", {"room": room})["ok"]
    yield one, room, alice, bob, mallory, people["mallory"].id
    for client in (alice, bob, mallory):
        client.close()


def _flood(client: WireClient, room: int) -> None:
    requests = [{"room": room, "client_id": f"spam-{number:06}", "text": f"spam {number}"} for number in range(MESSAGES)]
    sent = [client.send_raw(json.dumps(["send", request])) for request in requests]
    assert all(client.answer_to(packet_id)["ok"] for packet_id in sent)


def _sees(client: WireClient, room: int, rev: int) -> bool:
    amended = (payload for name, payload in reversed(client.events) if name == "amended" and payload["room"] == room)
    return next(amended, {"rev": 0})["rev"] >= rev


def _archived(server: ServerProcess, deleted: bool) -> int:
    # sqlite3's own "with" ends a transaction, and closes nothing.
    with closing(sqlite3.connect(server.data_dir / "parley.sqlite3")) as database:
        [count] = database.execute("SELECT count(*) FROM chat_message WHERE deleted = ? AND text != ''", [deleted]).fetchone()
    return int(count)


def test_a_purge_is_on_every_screen_and_in_the_archive_and_so_is_its_return(stage) -> None:
    server, room, alice, bob, mallory, mallory_id = stage
    _flood(mallory, room)

    purge = alice.call("purge", {"room": room, "user": mallory_id, "reason": "spam"})
    assert (purge["ok"], purge["count"]) == (True, MESSAGES)
    for client in (alice, bob, mallory):
        assert client.wait(lambda client=client: _sees(client, room, MESSAGES), AT_LAST)
        gone = client.heard("amended", room=room)
        assert [payload["rev"] for payload in gone] == list(range(1, MESSAGES + 1))
        assert all(payload["deleted"] for payload in gone)
    history = bob.call("history", {"room": room, "limit": 100})["messages"]
    assert {(message["deleted"], message["text"]) for message in history} == {(True, "")}
    _wait_for_archive(server, deleted=True)

    assert alice.call("unpurge", {"room": room, "purge": purge["purge"]})["count"] == MESSAGES
    for client in (alice, bob, mallory):
        assert client.wait(lambda client=client: _sees(client, room, 2 * MESSAGES), AT_LAST)
        back = client.heard("amended", room=room)[MESSAGES:]
        assert [payload["text"] for payload in back] == [f"spam {number}" for number in range(MESSAGES)]
    _wait_for_archive(server, deleted=False)


def _wait_for_archive(server: ServerProcess, deleted: bool) -> None:
    deadline = time.monotonic() + AT_LAST
    while _archived(server, deleted) < MESSAGES:
        assert time.monotonic() < deadline, f"{_archived(server, deleted)} of {MESSAGES}"
        time.sleep(0.05)
