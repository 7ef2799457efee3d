"""Over the real wire: history goes on where the live log ends, and after Redis lost everything."""

import time
from collections.abc import Callable, Iterator

import pytest
import redis

from tests.live.conftest import sign_in
from tests.support.live_server import ServerProcess
from tests.support.wire_client import Payload, WireClient

SAID = 450
HOT = 100


@pytest.fixture
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """A server whose Redis keeps few messages."""
    server = ServerProcess(tmp_path_factory.mktemp("small"), HOT_MESSAGES=str(HOT)).start()
    yield server
    server.stop()


def _whole_history(client: WireClient, room: int) -> list[Payload]:
    messages: list[Payload] = []
    before: dict[str, int] = {}
    first = False
    while not first:
        page = client.call("history", {"room": room, "limit": 70, **before})
        messages, first = page["messages"] + messages, page["first"]
        before = {"before": messages[0]["seq"]}
    return messages


def test_a_room_that_is_longer_than_its_live_log(small: ServerProcess) -> None:
    cookie = sign_in(small, "alice")["alice"].cookie
    live = redis.Redis(unix_socket_path=f"{small.data_dir}/redis.sock")
    alice = WireClient(small.port, cookie)
    room = alice.call("create", {"name": "long", "kind": "public"})["room"]["id"]
    packets = [
        alice.send_raw(f'["send",{{"room":{room},"client_id":"message-{number:05}","text":"{number}"}}]')
        for number in range(1, SAID + 1)
    ]
    assert [alice.answer_to(packet)["seq"] for packet in packets] == list(range(1, SAID + 1))
    log = f"room:{{{room}}}:log"
    _until(lambda: live.llen(log) == HOT)

    assert alice.call("edit", {"room": room, "seq": 5, "text": "five"})["ok"]
    assert alice.call("react", {"room": room, "seq": 5, "emoji": "🎉", "on": True})["ok"]
    history = _whole_history(alice, room)
    assert [message["seq"] for message in history] == list(range(1, SAID + 1))
    assert [message["text"] for message in history if message["seq"] != 5] == [
        str(seq) for seq in range(1, SAID + 1) if seq != 5
    ]
    assert (history[4]["text"], history[4]["reactions"][0]["mine"]) == ("five", True)
    _archiver_has_been_here(live)

    live.flushall()

    assert alice.call("send", {"room": room, "client_id": "after-flushall", "text": "after"})["seq"] == SAID + 1
    assert alice.call("send", {"room": room, "client_id": f"message-{SAID:05}", "text": "again"})["duplicate"]
    after = _whole_history(alice, room)
    assert after[:-1] == history
    assert live.llen(log) in (HOT, HOT + 1)
    alice.close()


def _archiver_has_been_here(live: redis.Redis) -> None:
    """Wait for the end of a turn that began after now: the one that is under way may have missed the last change."""
    for _ in range(2):
        live.delete("archive:lag")
        _until(lambda: live.exists("archive:lag") == 1)


def _until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)
