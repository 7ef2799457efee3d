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

from benchmarks.cpus import LOAD_CPU, SERVER_CPU, children, move, on_cpu

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 30
LIMITS = [f"LIMIT_{name}" for name in ("MESSAGES", "REPEATS", "ALL_MESSAGES", "BYTES", "READS")]


@dataclass(frozen=True)
class Guest:
    """A person with an account and a session."""

    id: int
    handle: str
    cookie: str


class ThrowawayServer:
    """`serve.py` as a process of its own, with its own Redis and SQLite, on the server's CPU but for Redis."""

    def __init__(self, prepared: Path | None = None, **settings: str) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="parley-bench-"))
        if prepared:
            shutil.copytree(prepared, self._folder, dirs_exist_ok=True)
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self._settings = {
            "DATA_DIR": str(self._folder),
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "PUBLIC_URL": self.url,
            "LOG_LEVEL": "WARNING",
            # Counted as always, and out of reach: a scenario's person says what a hundred would.
            **dict.fromkeys(LIMITS, "1000000/s"),
            "DJANGO_SETTINGS_MODULE": "project.settings",
            **settings,
        }
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        with (self._folder / "server.log").open("wb") as output, on_cpu(SERVER_CPU):
            environment = {**os.environ, **self._settings}
            self._process = subprocess.Popen(
                [sys.executable, "serve.py"], cwd=ROOT, env=environment, stdout=output, stderr=output
            )
        self._await_answer()
        move(self.redis_process, LOAD_CPU)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def process(self) -> int:
        """The server's process id."""
        assert self._process
        return self._process.pid

    @property
    def redis_process(self) -> int:
        """The process id of the Redis that the server started."""
        [redis] = [child for child in children(self.process) if "redis.sock" in Path(f"/proc/{child}/cmdline").read_text()]
        return redis

    def said(self) -> str:
        """Return what the server logged: warnings and worse."""
        return (self._folder / "server.log").read_text()

    def share_record(self) -> None:
        """Let this process write into the server's SQLite and Redis: once, since Django reads its settings once."""
        os.environ.update(self._settings)
        django.setup()

    def invite(self, number: int) -> list[Guest]:
        """Return that many new people."""
        return [_guest(f"guest{index}") for index in range(number)]

    def open_room(self, guests: list[Guest], name: str = "Benchmark") -> int:
        """Return the id of a new public room with all of them in it."""
        from chat.actions.rooms import creating, membership
        from chat.domain.types import Author

        owner, *others = [Author(guest.id, guest.handle, guest.handle) for guest in guests]
        room = creating.create_room(owner, name, "public")
        for other in others:
            membership.join_room(other, room.pk)
        return room.pk

    def _await_answer(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if time.monotonic() > deadline or (self._process and self._process.poll() is not None):
                raise SystemExit(f"The server did not start:\n{self.said()}")
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            with urlopen(f"{self.url}/readyz", timeout=5) as page:
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


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.create_server(("localhost", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port
