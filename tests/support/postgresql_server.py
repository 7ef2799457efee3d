"""A PostgreSQL of the tests' own, where Debian's package is installed: nothing of the machine's is used."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.base import DatabaseWrapper

from tests.support.child_processes import children_of

START_SECONDS = 30.0
# Debian keeps its programs out of the PATH.
INSTALLED_IN = Path("/usr/lib/postgresql")
# It refuses to be run by root.
OWNER = "postgres"


class PostgresqlProcess:
    """Listens on a socket in its own folder and on no port. What it writes need not survive."""

    def __init__(self) -> None:
        """Skip the test where it cannot be run and nobody promised it."""
        self._programs = _programs()
        if os.geteuid() == 0:
            _require_owner()
        self.folder = Path(tempfile.mkdtemp(prefix="parley-postgresql-"))
        self._process: subprocess.Popen[bytes] | None = None
        self._as_owner: list[str] = []
        if os.geteuid() == 0:
            shutil.chown(self.folder, OWNER)
            self._as_owner = ["runuser", "-u", OWNER, "--"]

    @property
    def user(self) -> str:
        """The database's owner."""
        return OWNER if self._as_owner else pwd.getpwuid(os.geteuid()).pw_name

    @property
    def pid(self) -> int:
        """The server's own process, not the one that became its user."""
        return int((self.folder / "data" / "postmaster.pid").read_text().split()[0])

    def start(self) -> "PostgresqlProcess":
        """Return once it answers."""
        programs = self._programs
        data, log = self.folder / "data", self.folder / "log"
        self._run_to_the_end(programs / "initdb", "-D", data, "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
        settings = ("listen_addresses=", "fsync=off", "shared_buffers=32MB", f"unix_socket_directories={self.folder}")
        given = [word for setting in settings for word in ("-c", setting)]
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                [*self._as_owner, programs / "postgres", "-D", data, *given], stdout=output, stderr=output
            )
        deadline = time.monotonic() + START_SECONDS
        while not (data / "postmaster.pid").exists() or "ready" not in (data / "postmaster.pid").read_text():
            assert self._process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
        return self

    def stop(self) -> None:
        """End it, and leave nothing."""
        if self._process:
            os.kill(self.pid, 2)
            self._process.wait(START_SECONDS)
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Let it take connections and answer nothing for a while."""
        assert self._process
        pids = [self.pid, *children_of(self.pid)]
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            # The first: what started it as its user stops itself along with it.
            for pid in (self._process.pid, *pids):
                os.kill(pid, signal.SIGCONT)

    def database(self) -> BaseDatabaseWrapper:
        """Return a way to it that can take the place of Django's default one."""
        where = {"NAME": "postgres", "HOST": str(self.folder), "USER": self.user}
        facts = {**connections.databases["default"], "OPTIONS": {}, **where}
        return DatabaseWrapper({**facts, "ENGINE": "django.db.backends.postgresql"}, "default")

    def _run_to_the_end(self, *command: str | Path) -> None:
        subprocess.run([*self._as_owner, *command], check=True, capture_output=True)


class as_default:
    """While it lasts, the default database is this one."""

    def __init__(self, database: BaseDatabaseWrapper) -> None:
        self._database = database

    def __enter__(self) -> BaseDatabaseWrapper:
        self._before = connections["default"]
        connections["default"] = self._database
        return self._database

    def __exit__(self, *failure: object) -> None:
        connections["default"] = self._before


def _programs() -> Path:
    found = sorted(INSTALLED_IN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    if not found and not on_path:
        _skip()
    return found[-1].parent if found else Path(str(on_path)).resolve().parent


def _require_owner() -> None:
    try:
        pwd.getpwnam(OWNER)
    except KeyError:
        _skip()


def _skip() -> NoReturn:
    words = "PostgreSQL is not installed (Debian: apt-get install postgresql)"
    if os.environ.get("CI"):
        pytest.fail(words)
    pytest.skip(words)
