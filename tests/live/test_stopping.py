"""How a server leaves: it says so first, answers what was asked, and tells its clients to come back at different moments."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.live.conftest import short_folder, sign_in
from tests.support.live_server import ServerProcess
from tests.support.redis_servers import RedisProcess
from tests.support.wire_client import WireClient


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return short_folder(tmp_path_factory, "stopping")


@pytest.fixture(scope="module")
def redis(folder: Path) -> Iterator[RedisProcess]:
    (folder / "redis").mkdir()
    redis = RedisProcess(folder / "redis").start()
    yield redis
    redis.stop()


@pytest.fixture
def leaving(folder: Path, redis: RedisProcess) -> Iterator[ServerProcess]:
    """A server that drains for as long as a test may take."""
    server = ServerProcess(folder, REDIS_URL=redis.url, DRAIN_SECONDS="60", LOG_FORMAT="json").start()
    yield server
    if server.is_running():
        server.kill()


def ready(server: ServerProcess) -> str:
    status: str = requests.get(f"{server.url}/readyz", timeout=20).json()["status"]
    return status


def until(happened, seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def test_sigterm_drains_and_a_second_one_stops_at_once(leaving: ServerProcess) -> None:
    people = sign_in(leaving, "alice", "bob")
    alice = WireClient(leaving.port, people["alice"].cookie)
    room = alice.call("create", {"name": f"room {leaving.port}", "kind": "public"})["room"]["id"]
    until(lambda: ready(leaving) == "ok")

    for ignored in (signal.SIGHUP, signal.SIGUSR1, signal.SIGUSR2):
        os.kill(leaving.pid, ignored)
    until(lambda: leaving.said().count("changes nothing here") == 3)
    assert ready(leaving) == "ok"

    os.kill(leaving.pid, signal.SIGTERM)
    until(lambda: ready(leaving) == "draining")
    # Whoever is here, or comes by a balancer that has not noticed yet, is served.
    assert alice.call("send", {"room": room, "client_id": "while-draining", "text": "x"})["ok"]
    bob = WireClient(leaving.port, people["bob"].cookie)
    assert bob.call("join", {"room": room})["ok"]
    assert requests.get(f"{leaving.url}/healthz", timeout=20).status_code == 200
    assert not alice.heard("restarting")

    os.kill(leaving.pid, signal.SIGTERM)
    assert leaving.wait() == 0
    assert 1 <= alice.hears("restarting")["within"] <= 30
    assert bob.hears("restarting")
    alice.close()
    bob.close()
    assert "Traceback" not in leaving.said()


def test_ctrl_c_does_not_drain_and_what_was_sent_is_answered(leaving: ServerProcess, redis: RedisProcess) -> None:
    alice = WireClient(leaving.port, sign_in(leaving, "alice")["alice"].cookie)
    room = alice.call("create", {"name": f"room {leaving.port}", "kind": "public"})["room"]["id"]
    redis.freeze()
    asked = alice.send_raw(f'["send", {{"room": {room}, "client_id": "under-way", "text": "x"}}]')
    # The loop reads all sockets in turn: what is answered now was asked after that.
    assert requests.get(f"{leaving.url}/healthz", timeout=20).status_code == 200
    began = time.monotonic()
    os.kill(leaving.pid, signal.SIGINT)
    until(lambda: "Stopping." in leaving.said())
    redis.thaw()

    assert alice.answer_to(asked)["ok"]
    assert leaving.wait() == 0
    alice.close()
    assert time.monotonic() - began < 30, "DRAIN_SECONDS is 60"
