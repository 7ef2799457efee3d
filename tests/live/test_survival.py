"""What was acknowledged is there afterwards: in order, once."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.conftest import sign_in
from tests.support.child_processes import children_of
from tests.support.live_server import ServerProcess
from tests.support.wire_client import WireClient


@pytest.fixture
def mortal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """A server of one's own, to be killed."""
    server = ServerProcess(tmp_path_factory.mktemp("mortal")).start()
    yield server
    server.stop()


def _redis_pid(server: ServerProcess) -> int:
    (pid,) = [pid for pid, name in children_of(server.pid).items() if name in ("redis-server", "valkey-server")]
    return pid


def _send_until_it_dies(client: WireClient, room: int) -> list[tuple[str, int]]:
    """Send one after another; return the acknowledged client ids and their numbers."""
    acknowledged = []
    for number in range(100_000):
        client_id = f"message-{number:06}"
        try:
            answer = client.call("send", {"room": room, "client_id": client_id, "text": client_id})
        except (AssertionError, OSError):
            break
        if not answer["ok"]:
            break
        acknowledged.append((client_id, answer["seq"]))
        if number == 150:
            return acknowledged
    return acknowledged


def _whole_history(client: WireClient, room: int) -> list[dict]:
    messages: list[dict] = []
    page: dict = {"first": False, "messages": []}
    while not page["first"]:
        before = {"before": messages[0]["seq"]} if messages else {}
        page = client.call("history", {"room": room, "limit": 100, **before})
        messages = page["messages"] + messages
    return messages


def test_the_server_and_its_redis_are_killed_and_started_again(mortal: ServerProcess) -> None:
    people = sign_in(mortal, "alice", "bob")
    alice = WireClient(mortal.port, people["alice"].cookie)
    created = alice.call("create", {"name": "general", "kind": "public"})["room"]
    room = created["id"]
    acknowledged = _send_until_it_dies(alice, room)
    redis_pid = _redis_pid(mortal)
    mortal.kill()
    _kill_if_there(redis_pid)

    mortal.start()

    alice = WireClient(mortal.port, people["alice"].cookie)
    [state] = alice.call("sync", {"rooms": {str(room): {"epoch": created["epoch"], "seq": 100, "rev": 0}}})["rooms"]
    assert state["epoch"] != created["epoch"]
    assert state["catch_up"] == "complete"
    assert [message["seq"] for message in state["messages"]] == list(range(101, len(acknowledged) + 1))
    stored = [(message["client_id"], message["seq"]) for message in _whole_history(alice, room)]
    assert stored == acknowledged
    again = alice.call("send", {"room": room, "client_id": acknowledged[-1][0], "text": "a resend"})
    assert (again["seq"], again["duplicate"]) == (acknowledged[-1][1], True)
    assert alice.call("send", {"room": room, "client_id": "the-next-one", "text": "x"})["seq"] == len(acknowledged) + 1
    alice.close()


def test_redis_alone_is_killed_and_comes_back(mortal: ServerProcess) -> None:
    people = sign_in(mortal, "alice", "bob")
    alice, bob = (WireClient(mortal.port, people[handle].cookie) for handle in ("alice", "bob"))
    room = alice.call("create", {"name": "general", "kind": "public"})["room"]["id"]
    bob.call("join", {"room": room})
    alice.call("send", {"room": room, "client_id": "before-it", "text": "before"})

    os.kill(_redis_pid(mortal), signal.SIGKILL)
    _until(lambda: alice.call("send", {"room": room, "client_id": "after-it", "text": "after"})["ok"])
    # The relay subscribes again a moment after Redis is back: by then at the latest bob hears what is sent.
    _until(lambda: bool(_say_and_hear(alice, bob, room)))

    assert [message["text"] for message in _whole_history(bob, room)][:2] == ["before", "after"]
    for client in (alice, bob):
        client.close()


def test_a_second_start_on_the_same_folder_is_refused_with_one_line(mortal: ServerProcess) -> None:
    second = ServerProcess(mortal.data_dir)
    with pytest.raises(AssertionError) as refused:
        second.start()
    said = str(refused.value).splitlines()[1:]
    assert len([line for line in said if line]) == 1, said
    assert said[0].startswith("parley: ")
    assert str(mortal.data_dir) in said[0]


def test_it_stops_cleanly_and_redis_last(mortal: ServerProcess) -> None:
    redis_pid = _redis_pid(mortal)
    assert mortal.stop() == 0
    assert "Traceback" not in mortal.said()
    with pytest.raises(ProcessLookupError):
        os.kill(redis_pid, 0)
    mortal.start()


def test_a_second_start_takes_less_than_three_seconds(mortal: ServerProcess) -> None:
    # Other tests keep this machine busy; the fastest of three is what a start takes.
    assert min(_start_again(mortal) for _ in range(3)) < 3


def _start_again(server: ServerProcess) -> float:
    """Return the seconds that a start took, without those in which it was ready to run and others had the processors."""
    server.stop()
    began = time.monotonic()
    server.start()
    took = time.monotonic() - began
    return took - sum(_queued(pid) for pid in (server.pid, _redis_pid(server)))


def _queued(pid: int) -> float:
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[1]) / 1e9


def _say_and_hear(alice: WireClient, bob: WireClient, room: int) -> bool:
    client_id = f"say-{time.monotonic_ns()}"
    if not alice.call("send", {"room": room, "client_id": client_id, "text": "heard?"})["ok"]:
        return False
    return bob.wait(lambda: bool(bob.heard("message", client_id=client_id)), 0.5)


def _until(happened, seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def _kill_if_there(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:  # it died with its parent
        return
