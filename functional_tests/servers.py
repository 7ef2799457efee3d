"""Where the stories take place: a server of the test's own, or one that runs already."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlsplit

import redis

from tests.support.live_server import ROOT, ServerProcess


class OwnServer(ServerProcess):
    """`serve.py` in a data folder of its own, so that it may be frozen, killed and started again."""

    suffix = ""
    is_shared = False  # between the stories of many files

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Let nothing happen in the server meanwhile; the network does not notice."""
        os.kill(self.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self.pid, signal.SIGCONT)

    def lose_power(self) -> None:
        """End the server and its Redis with neither of them noticing the other's end."""
        with redis.Redis(unix_socket_path=str(self.data_dir / "redis.sock")) as client:
            redis_pid = client.info("server")["process_id"]
        os.kill(redis_pid, signal.SIGSTOP)
        self.kill()
        with suppress(ProcessLookupError):
            os.kill(redis_pid, signal.SIGKILL)


class RunningServer(ServerProcess):
    """A server that somebody started, over the data folder that TEST_DATA_DIR names; its people keep their handles."""

    is_shared = True

    def __init__(self, url: str) -> None:
        super().__init__(Path(os.environ.get("TEST_DATA_DIR", ROOT / "data")))
        self.port = urlsplit(url).port or 80
        self.suffix = f"-{token_hex(2)}"

    def start(self) -> "RunningServer":
        assert self._listens(), f"Nobody listens at {self.url}"
        return self

    def stop(self) -> int:
        return 0

    def said(self) -> str:
        return "Its log is where it was started."


Server = OwnServer | RunningServer


def behind_the_scenes(server: Server, act: str, *arguments: object) -> str:
    """Run an act of `functional_tests.scene` in the server's environment, and return what it answers."""
    command = [sys.executable, "-m", "functional_tests.scene", act, json.dumps(arguments)]
    ran = subprocess.run(command, cwd=ROOT, env=server.environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()
