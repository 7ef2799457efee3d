"""One data folder and two servers: each reads what the other wrote, or one line says what to install."""

import time
from pathlib import Path

import pytest
import redis

from project.server.errors import StartError
from project.server.redis.data_format import DataFormat, data_format, is_readable
from project.server.redis.embedded import EmbeddedRedis
from project.server.redis.executable import RedisExecutable, find_redis_server
from tests.project.conftest import redis_of_the_machine, redis_of_the_wheel


@pytest.fixture
def machine() -> RedisExecutable:
    return _present(redis_of_the_machine())


@pytest.fixture
def wheel() -> RedisExecutable:
    return _present(redis_of_the_wheel())


def test_the_wheels_server_continues_what_the_machines_redis_wrote(
    data_dir: Path, machine: RedisExecutable, wheel: RedisExecutable
) -> None:
    if not is_readable(DataFormat(machine.family, machine.version, 10), wheel.family, wheel.version):
        pytest.skip(f"{wheel} does not read what {machine} writes")
    _write(data_dir, machine, "first")
    _write(data_dir, wheel, "second")
    assert _read(data_dir, wheel) == ["first", "second"]


def test_data_of_valkey_stay_with_valkey_when_a_redis_is_installed_later(
    data_dir: Path, machine: RedisExecutable, wheel: RedisExecutable
) -> None:
    assert find_redis_server() == machine
    _write(data_dir, wheel, "kept")
    assert find_redis_server(data_dir / "redis") == (machine if machine.family == "Valkey" else wheel)
    assert _read(data_dir, None) == ["kept"]


def test_data_that_no_server_here_can_read_are_refused_in_one_line_and_stay_as_they_are(
    data_dir: Path, machine: RedisExecutable, wheel: RedisExecutable, monkeypatch: pytest.MonkeyPatch
) -> None:
    if machine.family == "Valkey":
        pytest.skip("the machine's own is Valkey, too")
    _write(data_dir, wheel, "kept")
    before = _files(data_dir / "redis")
    monkeypatch.setattr("project.server.redis.executable.find_spec", lambda name: None)
    with pytest.raises(StartError, match=r"were written by Valkey 9\.\d+: install Valkey 9\.\d+ or newer \(Redis") as caught:
        EmbeddedRedis(data_dir).start()
    assert "\n" not in str(caught.value)
    assert _files(data_dir / "redis") == before


def test_the_one_file_of_redis_6_is_taken_over(data_dir: Path, executable: RedisExecutable) -> None:
    (data_dir / "redis").mkdir()
    # As Redis 6.2 writes it: after a rewrite it begins with a snapshot.
    snapshot = b"REDIS0009\xfa\x09redis-ver\x066.2.14\xff" + bytes(8)
    (data_dir / "redis" / "appendonly.aof").write_bytes(snapshot + b"*3\r\n$5\r\nRPUSH\r\n$3\r\nlog\r\n$3\r\nold\r\n")
    _write(data_dir, executable, "new")
    assert _read(data_dir, executable) == ["old", "new"]


@pytest.mark.parametrize(
    ("head", "readers"),
    [
        (b"REDIS0010\xfa\x09redis-ver\x067.0.15", {"Redis 7.0", "Redis 7.2", "Redis 8.0", "Valkey 8.1", "Valkey 9.1"}),
        (b"REDIS0011\xfa\x09redis-ver\x057.2.5", {"Redis 7.2", "Redis 8.0", "Valkey 8.1", "Valkey 9.1"}),
        (b"REDIS0011\xfa\x0avalkey-ver\x058.1.1", {"Redis 7.2", "Redis 8.0", "Valkey 8.1", "Valkey 9.1"}),
        (b"REDIS0012\xfa\x09redis-ver\x058.0.2", {"Redis 8.0"}),
        (b"VALKEY080\xfa\x0avalkey-ver\x059.1.2", {"Valkey 9.1"}),
    ],
)
def test_what_a_snapshot_says_decides_which_servers_read_it(data_dir: Path, head: bytes, readers: set[str]) -> None:
    folder = data_dir / "redis"
    (folder / "appendonlydir").mkdir(parents=True)
    (folder / "appendonlydir" / "appendonly.aof.manifest").write_text(
        "file appendonly.aof.1.base.rdb seq 1 type b\nfile appendonly.aof.1.incr.aof seq 1 type i\n"
    )
    (folder / "appendonlydir" / "appendonly.aof.1.base.rdb").write_bytes(head)
    data = data_format(folder)
    assert data
    known = [("Redis", (7, 0)), ("Redis", (7, 2)), ("Redis", (8, 0)), ("Valkey", (8, 1)), ("Valkey", (9, 1))]
    able = {f"{family} {version[0]}.{version[1]}" for family, version in known if is_readable(data, family, version)}
    assert able == readers


def _present(found: RedisExecutable | None) -> RedisExecutable:
    if not found:
        pytest.skip("this machine has no such server")
    return found


def _write(data_dir: Path, executable: RedisExecutable, text: str) -> None:
    """Add one text, and have the server write its snapshot again, as it does by itself once the log has grown."""
    server = EmbeddedRedis(data_dir, executable)
    server.start()
    try:
        with redis.Redis(unix_socket_path=str(server.socket_path)) as client:
            client.rpush("log", text)
            client.bgrewriteaof()
            deadline = time.monotonic() + 10
            while client.info("persistence")["aof_rewrite_in_progress"]:
                assert time.monotonic() < deadline, "the log was not rewritten"
                time.sleep(0.01)
    finally:
        server.stop()


def _read(data_dir: Path, executable: RedisExecutable | None) -> list[str]:
    server = EmbeddedRedis(data_dir, executable)
    server.start()
    try:
        with redis.Redis(unix_socket_path=str(server.socket_path), decode_responses=True) as client:
            return list(client.lrange("log", 0, -1))
    finally:
        server.stop()


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".log"}
