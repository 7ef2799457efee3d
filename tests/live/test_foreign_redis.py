"""A server whose Redis is exchanged for another installation's: it neither serves from that one nor writes to it."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import redis

from tests.live.conftest import sign_in
from tests.support.live_server import ServerProcess, run_serve
from tests.support.redis_servers import RedisProcess
from tests.support.wire_client import WireClient

FOREIGN = "Redis holds the live state of another installation"
SECONDS = 60.0


class Scene(NamedTuple):
    """Two Redis servers, an address that can lead to either, and a server with alice in it."""

    own: RedisProcess
    foreign: RedisProcess
    address: Path
    server: ServerProcess
    alice: WireClient
    room: int

    def send(self, text: str) -> dict:
        return self.alice.call("send", {"room": self.room, "client_id": f"client-{text}", "text": text})

    def lead_to(self, process: RedisProcess) -> None:
        draft = self.address.with_suffix(".new")
        draft.symlink_to(process.url.removeprefix("unix://"))
        draft.replace(self.address)

    def complaints(self) -> int:
        return self.server.said().count(FOREIGN)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    own, foreign = (RedisProcess(tmp_path_factory.mktemp(name)).start() for name in ("own", "foreign"))
    with redis.Redis.from_url(foreign.url) as client:
        client.set("installation", "another")
        client.hset("room:{1}", mapping={"version": 1, "epoch": "e", "seq": 1, "rev": 0, "kind": "private", "state": "open"})
        client.hset("room:{1}", "run_id", client.info("server")["run_id"])
        client.hset("room:{1}:members", "1", "owner")
        client.rpush("room:{1}:log", '{"room":1,"seq":1,"epoch":"e","text":"a secret of theirs"}')
    folder = tmp_path_factory.mktemp("server")
    address = folder / "address"
    server = ServerProcess(folder, REDIS_URL=f"unix://{address}")
    scene = Scene(own, foreign, address, server, None, 0)  # type: ignore[arg-type]  # who comes once it runs
    scene.lead_to(own)
    server.start()
    alice = WireClient(server.port, sign_in(server, "alice")["alice"].cookie)
    room = alice.call("create", {"name": "general", "kind": "private"})["room"]["id"]
    yield scene._replace(alice=alice, room=room)
    alice.close()
    server.stop()
    own.stop()
    foreign.stop()


def test_a_reconnection_that_finds_anothers_redis_serves_nothing_and_heals(scene: Scene) -> None:
    assert scene.send("one")["seq"] == 1
    before = _content(scene.foreign)
    scene.lead_to(scene.foreign)
    scene.own.kill()

    _await(lambda: scene.complaints() == 1)
    for request in (
        ("send", {"room": scene.room, "client_id": "client-two", "text": "two"}),
        ("history", {"room": scene.room}),
    ):
        assert scene.alice.call(*request)["error"]["code"] == "unavailable"
    assert scene.alice.call("sync", {"rooms": {}})["error"]["code"] == "unavailable"
    assert _content(scene.foreign) == before
    assert "secret of theirs" not in str(scene.alice.events)

    scene.own.start()
    scene.lead_to(scene.own)
    _await(lambda: scene.send("two")["ok"])
    # Redis was restarted, so that clients read the room again.
    [state] = scene.alice.call("sync", {"rooms": {}})["rooms"]
    assert [message["text"] for message in state["messages"]] == ["one", "two"]
    assert scene.complaints() == 1


def test_a_start_on_anothers_redis_is_refused_in_one_line(scene: Scene, tmp_path: Path) -> None:
    before = _content(scene.foreign)
    done = run_serve(ServerProcess(tmp_path, REDIS_URL=scene.foreign.url))
    assert done.returncode == 2
    [line] = done.stderr.splitlines()
    assert line.startswith(f"parley: {FOREIGN} (another); this database belongs to installation ")
    assert "Set REDIS_PREFIX" in line
    assert _content(scene.foreign) == before


def _content(process: RedisProcess) -> dict[bytes, bytes | None]:
    with redis.Redis.from_url(process.url) as client:
        # A start writes this one for a second, to see whether it has the right to.
        return {name: client.dump(name) for name in sorted(client.keys()) if name != b"probe"}


def _await(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)
