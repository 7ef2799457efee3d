"""docs/protocol/client.js, the client in 40 lines, does what the page says of it."""

import shutil
import subprocess
import sys
import threading
from typing import NamedTuple

import pytest

from tests.live.conftest import Connect, sign_in
from tests.support.live_server import ROOT, ServerProcess

CLIENT = ROOT / "docs/protocol/client.js"
SECONDS = 30.0


class Person(NamedTuple):
    """Somebody who logs in by a password."""

    id: int
    password: str


class Terminal:
    """Dora with the client: what she types goes in, and the lines that she reads come out."""

    def __init__(self, server: ServerProcess, dora: Person, slug: str) -> None:
        node = shutil.which("node") or pytest.skip("Node is not installed")
        command = [node, str(CLIENT), server.url, "dora", dora.password, slug]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def reads(self) -> str:
        """Return the next line on the screen; fails if none comes."""
        assert self._process.stdout
        giving_up = threading.Timer(SECONDS, self._process.kill)
        giving_up.start()
        try:
            return self._process.stdout.readline().rstrip("\n")
        finally:
            giving_up.cancel()

    def types(self, line: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def end(self) -> None:
        self._process.kill()
        self._process.communicate()


@pytest.fixture
def dora(server: ServerProcess) -> Person:
    """Somebody of this test alone: a new password ends all sessions."""
    [signed_in] = sign_in(server, "dora").values()
    command = [sys.executable, "manage.py", "set_password", "dora", "--generate"]
    done = subprocess.run(command, cwd=ROOT, env=server.environment, capture_output=True, text=True, check=True)
    return Person(signed_in.id, done.stdout.splitlines()[0].rpartition(" ")[2])


def test_it_has_40_lines_at_most() -> None:
    assert len(CLIENT.read_text().splitlines()) <= 40


def test_it_shows_what_was_said_before_what_is_said_now_and_sends_what_is_typed(
    connect: Connect, server: ServerProcess, dora: Person, room_name: str
) -> None:
    alice = connect("alice")
    room = alice.call("create", {"name": room_name, "kind": "public"})["room"]
    assert alice.call("invite", {"room": room["id"], "user": dora.id})["ok"]
    assert alice.call("send", {"room": room["id"], "client_id": "before-dora", "text": "before"})["ok"]

    terminal = Terminal(server, dora, room["slug"])
    try:
        assert terminal.reads() == "Alice: before"
        assert alice.call("send", {"room": room["id"], "client_id": "since-then", "text": "now"})["ok"]
        assert terminal.reads() == "Alice: now"
        terminal.types("and I answer")
        assert terminal.reads() == "Dora: and I answer"
    finally:
        terminal.end()
    messages = alice.call("history", {"room": room["id"]})["messages"]
    assert [message["text"] for message in messages] == ["before", "now", "and I answer"]
