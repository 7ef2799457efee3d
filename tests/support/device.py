"""A person's device without a screen: the page's own store in Node, on a real connection."""

import json
import shutil
import subprocess
import time
from typing import Any

import pytest

from tests.live.conftest import SignedIn
from tests.support.live_server import ROOT, ServerProcess

SETTLES_WITHIN = 20.0

Badges = dict[int, list[int]]


class Device:
    """Connects when told to; `shows` waits until what it counts is what is expected."""

    def __init__(self, name: str, server: ServerProcess, person: SignedIn) -> None:
        node = shutil.which("node") or pytest.skip("Node is not installed")
        self.name = name
        self.person = person.id
        command = [node, "tests/support/device.js", str(server.port), person.cookie, str(person.id)]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.is_connected = False

    def connect(self) -> None:
        deadline = time.monotonic() + SETTLES_WITHIN
        while "error" in (answer := self.tell("connect")):
            assert time.monotonic() < deadline, answer
            time.sleep(0.1)
        self.is_connected = True

    def cut(self) -> None:
        self.tell("cut")
        self.is_connected = False

    def ask(self, event: str, **payload: object) -> dict[str, Any]:
        """Return the acknowledgement of a request."""
        answer = self.tell("request", event=event, payload=payload)
        assert "error" not in answer, (event, payload, answer)
        return answer

    def tell(self, do: str, **facts: object) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"do": do, **facts}) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def shows(self, expected: Badges, after: str) -> None:
        """Wait until unread messages and mentions are these, in every room; what is told takes its time to come."""
        deadline = time.monotonic() + SETTLES_WITHIN
        while (shown := self._badges()) != expected:
            assert time.monotonic() < deadline, f"after {after}, {self.name} shows {shown} and not {expected}"
            time.sleep(0.01)

    def close(self) -> None:
        self._process.communicate("")

    def _badges(self) -> dict[int, Any]:
        return {int(room): counts for room, counts in self.tell("badges").items()}
