"""A real server in a folder that is thrown away, and people who are already logged in."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.error import URLError
from urllib.request import urlopen

import django

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 30


@dataclass(frozen=True)
class Guest:
    """A person with an account and a session."""

    id: int
    handle: str
    cookie: str


class ThrowawayServer:
    """`serve.py` as a process of its own, with its own Redis and SQLite. This process shares its record, not its loop."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="parley-bench-"))
        self.port = _free_port()
        self.url = f"http://localhost:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        settings = {"DATA_DIR": str(self._folder), "PORT": str(self.port), "LOG_LEVEL": "WARNING", "PUBLIC_URL": self.url}
        os.environ.update(settings, HOST="localhost", DJANGO_SETTINGS_MODULE="project.settings")
        with (self._folder / "server.log").open("wb") as output:
            self._process = subprocess.Popen([sys.executable, "serve.py"], cwd=ROOT, stdout=output, stderr=output)
        self._await_answer()
        django.setup()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def invite(self, number: int) -> list[Guest]:
        """Return that many new people."""
        return [_guest(f"guest{index}") for index in range(number)]

    def open_room(self, guests: list[Guest]) -> int:
        """Return the id of a new public room with all of them in it."""
        from chat.actions import membership, rooms
        from chat.entities import Author

        owner, *others = [Author(guest.id, guest.handle, guest.handle) for guest in guests]
        room = rooms.create_room(owner, "Benchmark", "public")
        for other in others:
            membership.join_room(other, room.pk)
        return room.pk

    def _await_answer(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if time.monotonic() > deadline or (self._process and self._process.poll() is not None):
                raise SystemExit(f"The server did not start:\n{(self._folder / 'server.log').read_text()}")
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            with urlopen(f"{self.url}/accounts/login/", timeout=5) as page:
                return bool(page.status == 200)
        except (URLError, OSError):
            return False


def _guest(handle: str) -> Guest:
    from django.conf import settings
    from django.test import Client

    from accounts.models import User

    user = User.objects.create_user(f"{handle}@guest.example", handle)
    browser = Client()
    browser.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return Guest(user.pk, handle, f"{name}={browser.cookies[name].value}")


def _free_port() -> int:
    with socket.create_server(("localhost", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port
