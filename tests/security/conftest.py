"""A real server with its usual limits, people on it, and alice, who chats while mallory attacks."""

import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
import requests

from tests.chat.actions.conftest import cast, ear
from tests.live.conftest import Connect, People, connect, room_name, short_folder, sign_in
from tests.security.bystander import Bystander
from tests.security.mallory import Mallory
from tests.support.live_server import ROOT, ServerProcess

__all__ = ["cast", "connect", "ear", "room_name"]

# So slowly refilled that it does not matter how fast the machine is.
ACTS = "20/h"
CONNECTS = 120
MOST_ANONYMOUS = 30
# Each is used once in a process of the tests, and one process may get all of the tests.
ATTACKERS = tuple(f"mallory{number}" for number in range(60))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    running = ServerProcess(
        short_folder(tmp_path_factory, "security"),
        LIMITS="on",
        LIMIT_ACTS=ACTS,
        LIMIT_CONNECTS=f"{CONNECTS}/d",
        MOST_ANONYMOUS_CONNECTIONS=str(MOST_ANONYMOUS),
    ).start()
    sign_in(running, "anna")  # without anybody, every page says that the set-up is pending
    yield running
    running.stop()


@pytest.fixture(scope="session")
def people(server: ServerProcess) -> People:
    found = sign_in(server, "alice", "bob", "carol", "olga", *ATTACKERS)
    # Without an owner nobody can sign up yet, and what sign-up takes would not be reached.
    command = [sys.executable, "manage.py", "make_owner", "olga"]
    subprocess.run(command, cwd=ROOT, env=server.environment, capture_output=True, check=True)
    return found


@pytest.fixture(scope="session")
def unused(people: People) -> Iterator[str]:
    """Handles of people who have used up none of their limits."""
    return iter(ATTACKERS)


@pytest.fixture
def bystander(connect: Connect, server: ServerProcess) -> Bystander:
    return Bystander(connect("alice"), server.pid)


@pytest.fixture
def mallory(connect: Connect, unused: Iterator[str], server: ServerProcess, people: People) -> Callable[[], Mallory]:
    """Make somebody hostile who is signed in and has a room of their own."""

    def make() -> Mallory:
        handle = next(unused)
        return Mallory(connect(handle), server, people[handle].cookie, handle)

    return make


@pytest.fixture
def browser(server: ServerProcess) -> requests.Session:
    """Nobody: a session with the log-in page's CSRF cookie."""
    session = requests.Session()
    session.get(f"{server.url}/accounts/login/", timeout=30)
    session.headers["X-CSRFToken"] = session.cookies["csrftoken"] or ""
    session.headers["Origin"] = server.url
    return session
