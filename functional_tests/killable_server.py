"""A server whose network, process and Redis can be harmed, each by itself."""

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

from functional_tests.network_cut import Cable
from functional_tests.servers import OwnServer
from functional_tests.waiting import wait_for


class FrailServer(OwnServer):
    """Browsers reach it through a cable; its Redis is the embedded one, which it restarts when it dies."""

    def __init__(self, data_dir: Path) -> None:
        super().__init__(data_dir)
        self._inner_port = self.port
        self.cable = Cable(self._inner_port)
        self.port = self.cable.port
        self.environment["PUBLIC_URL"] = self.url

    def freeze_redis(self) -> int:
        """Stop Redis where it stands, without closing a connection; return its process id."""
        redis_pid = self._redis_pid()
        os.kill(redis_pid, signal.SIGSTOP)
        return redis_pid

    def flush_redis(self) -> None:
        """Lose all live state at once."""
        with self._redis() as client:
            client.flushall()

    def tear_redis_log(self, before: str) -> None:
        """Let Redis die and find its file torn off where `before` was written."""
        with self.frozen():
            redis_pid = self._redis_pid()
            os.kill(redis_pid, signal.SIGKILL)
            log = self._redis_log()
            size = log.read_bytes().index(before.encode())
            os.truncate(log, size)
        wait_for(lambda: self._redis_pid() != redis_pid)

    def _redis_log(self) -> Path:
        folder = self.data_dir / "redis" / "appendonlydir"
        return max(folder.glob("*.incr.aof"), key=lambda path: int(path.name.split(".")[-3]))

    def _redis_pid(self) -> int:
        try:
            with self._redis() as client:
                return int(client.info("server")["process_id"])
        except redis.ConnectionError:
            return 0

    @contextmanager
    def _redis(self) -> Iterator[redis.Redis]:
        with redis.Redis(unix_socket_path=str(self.data_dir / "redis.sock")) as client:
            yield client

    def _listens(self) -> bool:
        try:
            socket.create_connection(("localhost", self._inner_port), 1).close()
        except OSError:
            return False
        return True
