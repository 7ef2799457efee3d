"""A redis-server that may be killed, frozen, starved of disk, robbed of its newest writes and set back to an old copy."""

import resource
import shutil
import signal
import subprocess
import time
from pathlib import Path

import redis

from project.server.redis.aof_repair import mend_log
from project.server.redis.executable import find_redis_server

START_SECONDS = 60.0


class MortalRedis:
    """Set up as the project's own is: durable before it answers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.socket = folder / "redis.sock"
        self.url = f"unix://{self.socket}"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> "MortalRedis":
        """Return once it has read its data and answers."""
        # As our own server does before it starts Redis.
        executable = find_redis_server(self.folder)
        mend_log(self.folder, executable)
        command = [
            *(str(executable.path), "--port", "0", "--unixsocket", str(self.socket), "--dir", str(self.folder)),
            *("--appendonly", "yes", "--appendfsync", "always", "--no-appendfsync-on-rewrite", "no"),
            *("--aof-load-truncated", "yes", "--maxmemory-policy", "noeviction", "--save", "", "--loglevel", "warning"),
        ]
        with (self.folder / "redis.log").open("ab") as output:
            # Signals as Python has them: a file that may not grow is then an error of write(), as on a full disk.
            self._process = subprocess.Popen(command, stdout=output, stderr=output, restore_signals=False)
        deadline = time.monotonic() + START_SECONDS
        with self.client() as client:
            while not _answers(client):
                assert self.is_alive, f"redis-server did not start: {(self.folder / 'redis.log').read_text()[-500:]}"
                assert time.monotonic() < deadline, "redis-server did not start in time"
                time.sleep(0.01)
        return self

    def client(self) -> redis.Redis:
        return redis.Redis.from_url(self.url)

    def kill(self) -> None:
        """End it as a power cut does."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def freeze(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        if self.is_alive:
            self.thaw()
            self.kill()

    def command(self, *words: str) -> object:
        """Run one command as an administrator."""
        with self.client() as client:
            return client.execute_command(*words)

    def fill_disk(self) -> None:
        """From now on the append-only file takes nothing more."""
        limit = self.log_file().stat().st_size
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))

    def free_disk(self) -> None:
        if self.is_alive:
            resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    def await_end(self, seconds: float = 10.0) -> int:
        """Return the exit code of a Redis that ends by itself."""
        assert self._process is not None
        return self._process.wait(seconds)

    def cut_tail(self, size: int) -> None:
        """While it is dead, take the newest bytes off its log, as a disk does that lied about having written them."""
        log = self.log_file()
        with log.open("r+b") as file:
            file.truncate(max(0, log.stat().st_size - size))

    def copy_data(self, name: str) -> None:
        """While it is dead or idle, keep a copy of its log."""
        shutil.copytree(self.folder / "appendonlydir", self.folder / name)

    def restore_data(self, name: str) -> None:
        """While it is dead, put a copy in the place of its log."""
        shutil.rmtree(self.folder / "appendonlydir")
        (self.folder / name).rename(self.folder / "appendonlydir")

    def log_file(self) -> Path:
        """The part of the log that grows."""
        return max((self.folder / "appendonlydir").glob("*.incr.aof"), key=lambda path: int(path.name.split(".")[-3]))


def _answers(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False
    except redis.exceptions.BusyLoadingError:
        return False
