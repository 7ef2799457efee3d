"""A real server process on a free port: the same `serve.py` that people run."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from tests.support.ready_tables import give_tables

ROOT = Path(__file__).resolve().parents[2]
# Of which it takes two; a machine on which much else goes on needs the rest.
START_SECONDS = 120.0
STOP_SECONDS = 60.0
# Where a store is not the server's own, every process needs to be given the same key.
SHARED_KEY = "a key that all processes of a test share, long enough for it"


class ServerProcess:
    """Starts on `start`, listens when it returns."""

    def __init__(self, data_dir: Path, **settings: str) -> None:
        self.port = free_port()
        self.data_dir = data_dir
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("COV")},
            "DJANGO_SETTINGS_MODULE": "project.settings",
            "DATA_DIR": str(data_dir),
            "PORT": str(self.port),
            "PYTHONUNBUFFERED": "1",
            "PYTHONWARNINGS": "always::ResourceWarning",
            # Tests and faults do in a second what no person does in an hour; those of the limits put them back.
            "LIMITS": "off",
            "NEWCOMER_MINUTES": "0",
            **({"SECRET_KEY": SHARED_KEY} if {"REDIS_URL", "DATABASE_URL"} & settings.keys() else {}),
            **settings,
        }
        self.output = data_dir / f"server-{self.port}.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> "ServerProcess":
        """Return once the server listens."""
        give_tables(self.environment)
        self.spawn()
        assert self._process is not None
        deadline = time.monotonic() + START_SECONDS
        while not self._listens():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self._process.kill()
                self._process.wait()
                raise AssertionError(f"The server did not start:\n{self.output.read_text()}")
            time.sleep(0.05)
        return self

    def spawn(self, *command: str) -> None:
        """Start it without waiting, by another command if one is given."""
        with self.output.open("ab") as output:
            self._process = subprocess.Popen(
                [*(command or (sys.executable, "serve.py"))],
                cwd=ROOT, env=self.environment, stdout=output, stderr=subprocess.STDOUT,
            )  # fmt: skip

    def stop(self) -> int:
        """End it as Ctrl-C does and return its exit code; fails if a greenlet or thread left its database connection open."""
        code = self._end(signal.SIGINT)
        # Python says so since 3.13.
        assert "unclosed database" not in self.said(), self.said()
        return code

    def kill(self) -> None:
        """End it as a power cut does."""
        self._end(signal.SIGKILL)

    def is_running(self) -> bool:
        """Whether it has not ended yet."""
        return self._process is not None and self._process.poll() is None

    def wait(self) -> int:
        """Return its exit code once it has ended by itself."""
        assert self._process is not None
        return self._process.wait(STOP_SECONDS)

    def said(self) -> str:
        """Return what it printed so far."""
        return self.output.read_text()

    def _end(self, number: signal.Signals) -> int:
        assert self._process is not None
        self._process.send_signal(number)
        try:
            return self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            raise

    def _listens(self) -> bool:
        try:
            socket.create_connection(("localhost", self.port), 1).close()
        except OSError:
            return False
        return True


def run_serve(server: ServerProcess) -> "subprocess.CompletedProcess[str]":
    """Run a server that is expected to refuse its start, and return what it said."""
    return subprocess.run(
        [sys.executable, "serve.py"],
        cwd=ROOT, env=server.environment, capture_output=True, text=True, timeout=START_SECONDS, check=False,
    )  # fmt: skip


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("localhost", 0))
        port: int = listener.getsockname()[1]
        return port
