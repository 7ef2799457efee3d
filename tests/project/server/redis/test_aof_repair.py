"""The end of Redis's log after a power cut: what was begun and not finished goes, wherever it breaks off; the rest stays."""

from pathlib import Path

import pytest
import redis

from project.server.redis.aof_repair import mend_log
from project.server.redis.embedded import EmbeddedRedis
from project.server.redis.executable import RedisExecutable
from tests.project.conftest import append_only_file

# As a message is stored: a number, and a text whose length takes several digits.
STORE = """redis.call('HINCRBY', KEYS[1], 'seq', 1) redis.call('RPUSH', KEYS[2], ARGV[1])
redis.call('SET', KEYS[3], ARGV[1], 'PX', 60000) return 1"""
TEXT = "x" * 1_200


@pytest.fixture
def log(data_dir: Path, executable: RedisExecutable) -> Path:
    """A log with two whole transactions and two commands."""
    server = EmbeddedRedis(data_dir, executable)
    server.start()
    with redis.Redis(unix_socket_path=str(server.socket_path)) as client:
        for number in range(2):
            client.hset("amended", str(number), TEXT)
            client.eval(STORE, 3, "room", "log", "sent", TEXT)
    server.stop()
    return append_only_file(data_dir)


@pytest.mark.parametrize("begins", [b"*1\r\n$5\r\nMULTI", b"*4\r\n$4\r\nHSET"], ids=["transaction", "command"])
def test_wherever_it_breaks_off_it_is_cut_to_its_last_whole_transaction(
    log: Path, begins: bytes, executable: RedisExecutable, data_dir: Path
) -> None:
    whole = log.read_bytes()
    start = whole.lower().rindex(begins.lower())
    end = len(whole) if begins.endswith(b"MULTI") else whole.rindex(b"*1\r\n$5\r\nMULTI")
    for size in range(start + 1, end):
        if whole[size - 5 : size + 5] != b"x" * 10:  # one place within a text is as good as another
            log.write_bytes(whole[:size])
            mend_log(data_dir / "redis", executable)
            assert log.stat().st_size == start, f"it broke off after {whole[max(start, size - 30) : size]!r}"


def test_what_is_cut_is_kept_beside_it(log: Path, executable: RedisExecutable, data_dir: Path) -> None:
    with log.open("ab") as file:
        file.write(b"*3\r\n$3\r\nSET\r\n$4\r\nto")
    mend_log(data_dir / "redis", executable)
    [kept] = log.parent.glob("torn-*")
    assert kept.read_bytes() == b"*3\r\n$3\r\nSET\r\n$4\r\nto"


def test_a_whole_log_stays_as_it_is(log: Path, executable: RedisExecutable, data_dir: Path) -> None:
    whole = log.read_bytes()
    mend_log(data_dir / "redis", executable)
    assert log.read_bytes() == whole


@pytest.mark.parametrize(
    "damage",
    [
        b"no such thing",
        b"*1\r\n$4\r\nPINGPONG",
        b"*2\r\n$4\r\nPING\r\n*1\r\n",
        b"*99999999999999",
        b"*1\r\n$5\r\nMULTI\r\n*1\r\n$5\r\nMULTI\r\n*1\r\n$4\r\nEXEC\r\n",
    ],
)
def test_damage_is_for_redis_to_judge(log: Path, damage: bytes, executable: RedisExecutable, data_dir: Path) -> None:
    with log.open("ab") as file:
        file.write(damage)
    damaged = log.read_bytes()
    mend_log(data_dir / "redis", executable)
    assert log.read_bytes() == damaged
