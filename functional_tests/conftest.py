"""One server and two browsers for the stories, and a picture of each window when one fails."""

import itertools
import os
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import pytest
from selenium import webdriver

from functional_tests.browser import Browser
from functional_tests.chromium import start_chromium
from functional_tests.people import People, Person, bring_people, open_house
from functional_tests.servers import OwnServer, RunningServer, Server
from tests.support.wire_client import WireClient

LOG_TAIL = 4_000
PAGE_HEAD = 1_000


class Scene(NamedTuple):
    """What to show of a story that failed."""

    server: Server
    windows: list[Browser]
    folder: Path


SCENE = pytest.StashKey[Scene]()


class OpenWindow(Protocol):
    """Opens a window for somebody who is signed in, or for a stranger; each call uses another Chromium."""

    def __call__(self, person: Person | None = None) -> Browser: ...


Connect = Callable[[str], WireClient]
OpenRoom = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server of most stories: our own, or the one that TEST_SERVER names."""
    address = os.environ.get("TEST_SERVER")
    running = RunningServer(address) if address else OwnServer(tmp_path_factory.mktemp("shared"))
    running.is_shared = True
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def server(shared_server: Server) -> Server:
    """The server of a file's stories; a file that kills its server says so by a fixture of this name."""
    return shared_server


@pytest.fixture(scope="module")
def fresh_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnServer]:
    """A server that nobody has opened yet, and that nobody else will."""
    running = OwnServer(tmp_path_factory.mktemp("fresh"))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def people(server: Server) -> People:
    return bring_people(server, "alice", "bob", "carol")


@pytest.fixture(scope="module")
def first_room(server: Server, people: People) -> str:
    """Make alice the owner of the server, and return the name of the room into which newcomers come."""
    return open_house(server, people["alice"])


@pytest.fixture(scope="session")
def shared_chromiums() -> Iterator[list[webdriver.Chrome]]:
    """The browsers of the shared server; a start takes a second, so that the stories share them, too."""
    with _browsers() as started:
        yield started


@pytest.fixture(scope="module")
def chromiums(server: Server, request: pytest.FixtureRequest) -> Iterator[list[webdriver.Chrome]]:
    """The browsers that were started for this server so far.

    No browser sees two servers: cookies know no ports, so what it still asks of one could end its session at the other.
    """
    if server.is_shared:
        yield request.getfixturevalue("shared_chromiums")
    else:
        with _browsers() as started:
            yield started


@contextmanager
def _browsers() -> Iterator[list[webdriver.Chrome]]:
    started: list[webdriver.Chrome] = []
    yield started
    for driver in started:
        driver.quit()


@pytest.fixture
def window(
    chromiums: list[webdriver.Chrome], server: Server, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[OpenWindow]:
    opened: list[Browser] = []
    request.node.stash[SCENE] = Scene(server, opened, tmp_path)

    def _open(person: Person | None = None) -> Browser:
        # Motion, and the worker that makes ready for a time without the server, belong to the stories with a server of their
        # own: for all others they are work and nothing to look at.
        if len(chromiums) == len(opened):
            chromiums.append(start_chromium(*(["force-prefers-reduced-motion"] if server.is_shared else [])))
        opened.append(Browser(chromiums[len(opened)], server.url, person, has_workers=not server.is_shared))
        return opened[-1]

    yield _open
    errors = [error for browser in opened for error in browser.errors()]
    for browser in opened:
        browser.close_tab()
    assert not errors, "A page complained"


@pytest.fixture
def alice(window: OpenWindow, people: People) -> Browser:
    return window(people["alice"])


@pytest.fixture
def bob(alice: Browser, window: OpenWindow, people: People) -> Browser:
    return window(people["bob"])


@pytest.fixture
def connect(server: Server, people: People) -> Iterator[Connect]:
    """Connect somebody without a browser, for what is not the story but must have happened."""
    clients: list[WireClient] = []

    def _connect(name: str) -> WireClient:
        clients.append(WireClient(server.port, people[name].cookie))
        return clients[-1]

    yield _connect
    for client in clients:
        client.close()


_numbers = itertools.count(1)


@pytest.fixture
def room(server: Server, people: People, connect: Connect) -> OpenRoom:
    """Open a room of alice's with some members; its name is like no other's."""

    def _open(name: str, *members: str, **facts: str) -> dict[str, Any]:
        host = connect("alice")
        name = f"{name} {next(_numbers)}{server.suffix}"
        opened: dict[str, Any] = host.call("create", {"name": name, "kind": "public", **facts})["room"]
        for member in members:
            assert host.call("invite", {"room": opened["id"], "user": people[member].id})["ok"]
        host.close()
        return opened

    return _open


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where a story failed, show what each person saw and what the server said."""
    report = yield
    scene = item.stash.get(SCENE, None)
    if report.failed and report.when != "setup" and scene:
        for number, browser in enumerate(scene.windows if report.when == "call" else [], 1):
            report.sections.append((f"Window {number}", _what_was_seen(browser, scene.folder / f"window-{number}.png")))
        report.sections.append(("Server", scene.server.said()[-LOG_TAIL:]))
    return report


def _what_was_seen(browser: Browser, picture: Path) -> str:
    browser.take_picture(picture)
    complaints = "\n".join(browser.errors())
    return f"at {browser.path}, picture: {picture}\n{browser.text('body')[:PAGE_HEAD]}\n{complaints}"
