"""Two servers on one database, each with a Redis of its own: only one of them may serve it."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
import redis

from tests.live.conftest import sign_in
from tests.support.live_server import ServerProcess, run_serve
from tests.support.redis_servers import RedisProcess
from tests.support.wire_client import WireClient

SECONDS = 30.0
REFUSED = "parley: another server of this installation uses another Redis; give all of them the same REDIS_URL"


class Scene(NamedTuple):
    """One database, two Redis, and a server on the first of them."""

    stores: list[RedisProcess]
    record: Path
    folders: list[Path]
    first: ServerProcess

    def second(self) -> ServerProcess:
        return ServerProcess(self.folders[1], REDIS_URL=self.stores[1].url, DATABASE_URL=f"sqlite:///{self.record}")


@pytest.fixture
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    stores = [RedisProcess(tmp_path_factory.mktemp("redis")).start() for _ in range(2)]
    folders = [tmp_path_factory.mktemp(name) for name in ("one", "two")]
    record = tmp_path_factory.mktemp("record") / "record.sqlite3"
    first = ServerProcess(folders[0], REDIS_URL=stores[0].url, DATABASE_URL=f"sqlite:///{record}").start()
    yield Scene(stores, record, folders, first)
    if first.is_running():
        first.stop()
    for store in stores:
        store.stop()


def test_a_second_redis_is_refused_in_one_line_until_no_server_runs_on_the_first(scene: Scene) -> None:
    alice = WireClient(scene.first.port, sign_in(scene.first, "alice")["alice"].cookie)
    room = alice.call("create", {"name": "general", "kind": "private"})["room"]["id"]
    assert alice.call("send", {"room": room, "client_id": "client-one", "text": "one"})["seq"] == 1

    done = run_serve(scene.second())
    assert done.returncode == 2
    [line] = [line for line in done.stderr.splitlines() if line.startswith("parley: ")]
    assert line.startswith(REFUSED)

    alice.close()
    scene.first.stop()
    second = scene.second().start()
    alice = WireClient(second.port, sign_in(second, "alice")["alice"].cookie)
    [state] = alice.call("sync", {"rooms": {}})["rooms"]
    assert [message["text"] for message in state["messages"]] == ["one"]
    alice.close()
    second.stop()


def test_a_redis_that_was_emptied_goes_on_to_serve(scene: Scene) -> None:
    with redis.Redis.from_url(scene.stores[0].url) as client, closing(sqlite3.connect(scene.record)) as record:

        def is_noted() -> bool:
            [noted] = record.execute("SELECT live_state FROM chat_installation").fetchone()
            return client.get("live:id") == noted.encode()

        before = client.get("live:id")
        assert is_noted()
        client.flushall()
        deadline = time.monotonic() + SECONDS
        while client.get("live:id") in (None, before) or not is_noted():
            assert time.monotonic() < deadline
            time.sleep(0.1)
    assert "Servers with another Redis" not in scene.first.said()
