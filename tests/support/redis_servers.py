"""A Redis of the test run's own, as a server would start it."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

import redis

from project.server.redis.executable import find_redis_server

START_SECONDS = 60.0


class RedisProcess:
    """A real redis-server on a unix socket, with the durability that the promise rests on."""

    def __init__(self, folder: Path, environment: Mapping[str, str] = {}) -> None:
        self.url = f"unix://{folder}/redis.sock"
        self._command = [
            *(str(find_redis_server().path), "--port", "0", "--unixsocket", f"{folder}/redis.sock", "--dir", str(folder)),
            *("--appendonly", "yes", "--appendfsync", "always", "--save", "", "--loglevel", "warning"),
        ]
        self._environment = {**os.environ, **environment}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> "RedisProcess":
        """Return once it answers."""
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, env=self._environment)
        deadline = time.monotonic() + START_SECONDS
        with redis.Redis.from_url(self.url) as client:
            while True:
                try:
                    client.ping()
                    return self
                except redis.ConnectionError:
                    assert time.monotonic() < deadline, "redis-server did not start"
                    time.sleep(0.02)

    def kill(self) -> None:
        """End it as a power cut does."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def freeze(self) -> None:
        """Let it take everything and answer nothing."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        """End it as an administrator does."""
        assert self._process is not None
        self._process.terminate()
        self._process.wait()
