"""Our own Redis: started on a unix socket in the data folder, brought back if it dies, stopped last."""

import logging
import threading
import time
from pathlib import Path

from project.server.errors import StartError
from project.server.redis.aof_repair import mend_log
from project.server.redis.child_process import Child, end_child, start_child
from project.server.redis.control_socket import end_orphan, is_ready
from project.server.redis.executable import RedisExecutable, find_redis_server

FIRST_BACKOFF_SECONDS = 0.1
LONGEST_BACKOFF_SECONDS = 2.0
STABLE_AFTER_SECONDS = 10.0
PATIENCE_SECONDS = 2.0

log = logging.getLogger(__name__)


class EmbeddedRedis:
    """A redis-server as our child. Whoever starts it holds the InstanceLock of the same folder.

    Threads, subprocess and sleeps are the standard library's: under gevent's patches the watcher is a greenlet.
    """

    def __init__(self, data_dir: Path, executable: RedisExecutable | None = None) -> None:
        self.socket_path = data_dir / "redis.sock"
        self._folder = data_dir / "redis"
        self._executable = executable
        self._process: Child | None = None
        self._stopping = threading.Event()
        self._spawning = threading.Lock()
        self._watcher = threading.Thread(target=self._watch, name="embedded-redis", daemon=True)

    @property
    def pid(self) -> int | None:
        """The process id of the Redis that runs now."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Return once Redis has read its data and answers."""
        self._executable = self._executable or find_redis_server(self._folder)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if end_orphan(self.socket_path):
            log.warning("Stopped the Redis that an earlier, killed server left behind")
        try:
            self._spawn()
            self._await_ready()
        except BaseException:
            self.stop()
            raise
        self._watcher.start()

    def stop(self) -> None:
        """End Redis and return when it is gone."""
        with self._spawning:
            self._stopping.set()
            process = self._process
        if process:
            end_child(process)
        if self._watcher.is_alive():
            self._watcher.join()

    def _spawn(self) -> None:
        with self._spawning:
            if self._stopping.is_set():
                return
            assert self._executable
            mend_log(self._folder, self._executable)
            with (self._folder / "redis.log").open("wb") as output:
                self._process = start_child(self._command(), output)

    def _command(self) -> list[str]:
        assert self._executable
        options = {
            "port": "0",
            "unixsocket": str(self.socket_path),
            "unixsocketperm": "700",
            "dir": str(self._folder),
            "daemonize": "no",
            "loglevel": "warning",
            # The acknowledgement means "on disk", also while the log is being rewritten.
            "appendonly": "yes",
            "appendfsync": "always",
            "no-appendfsync-on-rewrite": "no",
            "aof-load-truncated": "yes",
            "maxmemory-policy": "noeviction",
            "save": "",
        }
        return [str(self._executable.path), *(word for name, value in options.items() for word in (f"--{name}", value))]

    def _await_ready(self) -> None:
        started = time.monotonic()
        told = False
        while not self._stopping.is_set() and not is_ready(self.socket_path):
            if self._process and self._process.poll() is not None:
                raise StartError(f"Redis ended with code {self._process.returncode}: {self._last_words()}")
            if not told and time.monotonic() - started > PATIENCE_SECONDS:
                told = True
                print("Redis is reading its data, please wait ...", flush=True)
            time.sleep(0.01)

    def _last_words(self) -> str:
        lines = (self._folder / "redis.log").read_text(errors="replace").splitlines()
        return next((line for line in reversed(lines) if line.strip()), f"see {self._folder / 'redis.log'}")

    def _watch(self) -> None:
        backoff = FIRST_BACKOFF_SECONDS
        while self._process and not self._stopping.is_set():
            started = time.monotonic()
            code = self._process.wait()
            if self._stopping.is_set():
                return
            if time.monotonic() - started > STABLE_AFTER_SECONDS:
                backoff = FIRST_BACKOFF_SECONDS
            log.error("Redis ended with code %s (%s); starting it again in %.1f s", code, self._last_words(), backoff)
            self._stopping.wait(backoff)
            backoff = min(2 * backoff, LONGEST_BACKOFF_SECONDS)
            try:
                self._spawn()
            except OSError:
                log.exception("Redis could not be started again")
