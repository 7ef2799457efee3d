"""A real server, a real Redis, and people who are signed in: alice owns, bob is a member, carol is outside, mallory attacks."""

import itertools
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support.live_server import ROOT, ServerProcess
from tests.support.redis_servers import RedisProcess
from tests.support.wire_client import WireClient

HANDLES = ("alice", "bob", "carol", "mallory")
_numbers = itertools.count(1)


class SignedIn(NamedTuple):
    """Somebody with a session."""

    id: int
    cookie: str


People = dict[str, SignedIn]
Connect = Callable[..., WireClient]


def sign_in(server: ServerProcess, *handles: str) -> People:
    """Make sessions, and people where they are new, in a server's database."""
    printed = subprocess.run(
        [sys.executable, "-m", "tests.support.seed", *handles],
        cwd=ROOT,
        env=server.environment,
        capture_output=True,
        check=True,
    ).stdout
    return {handle: SignedIn(**facts) for handle, facts in json.loads(printed).items()}


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """One server for all tests that do not hurt it."""
    running = ServerProcess(short_folder(tmp_path_factory, "live")).start()
    sign_in(running, "anna")  # without anybody, every page says that the set-up is pending
    yield running
    running.stop()


@pytest.fixture
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[ServerProcess, ServerProcess]]:
    """Two processes on one Redis and one database."""
    folder = short_folder(tmp_path_factory, "pair")
    (folder / "redis").mkdir()
    redis = RedisProcess(folder / "redis").start()
    one, two = (ServerProcess(folder, REDIS_URL=redis.url).start() for _ in range(2))
    yield one, two
    for server in (one, two):
        server.stop()
    redis.stop()


@pytest.fixture(scope="session")
def people(server: ServerProcess) -> People:
    return sign_in(server, *HANDLES)


@pytest.fixture
def connect(server: ServerProcess, people: People) -> Iterator[Connect]:
    """Connect somebody by their handle; everyone leaves when the test ends."""
    clients: list[WireClient] = []

    def _connect(handle: str, to: ServerProcess = server) -> WireClient:
        client = WireClient(to.port, people[handle].cookie)
        clients.append(client)
        assert client.refusal is None
        return client

    yield _connect
    for client in clients:
        client.close()


@pytest.fixture
def room_name() -> str:
    """A name that no other test uses."""
    return f"room {next(_numbers)}"


def short_folder(factory: pytest.TempPathFactory, name: str) -> Path:
    """A folder whose name leaves room for a unix socket's."""
    return factory.mktemp(name)
