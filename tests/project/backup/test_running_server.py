"""A backup of a server that takes 200 messages a second, to a slow target, and the installation that it restores."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import redis

from tests.faults.steady_writer import Acknowledged, SteadyWriter
from tests.live.conftest import SignedIn, sign_in
from tests.support.live_server import ROOT, ServerProcess
from tests.support.redis_servers import RedisProcess
from tests.support.wire_client import WireClient

PER_SECOND = 200
# What was written before the backup begins, and how slowly the target takes it: about two seconds.
WARM_UP, BYTES_PER_SECOND = 400, 60_000.0


class Made(NamedTuple):
    """A backup, and what was acknowledged before it began: messages, the room's epoch, alice's session."""

    path: Path
    room: int
    epoch: str
    before: list[Acknowledged]
    rest: list[Acknowledged]
    alice: SignedIn


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="parley-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def made(folder: Path) -> Iterator[Made]:
    """A backup under 200 messages a second, whose target takes about two seconds."""
    (folder / "live").mkdir(mode=0o700)
    server = ServerProcess(folder / "live").start()
    try:
        alice = sign_in(server, "alice")["alice"]
        writer = SteadyWriter(server.port, alice.cookie, PER_SECOND)
        room = writer.call("create", {"name": "busy", "kind": "public"})["room"]
        writer.start_in(room["id"])
        assert writer.wait(lambda: len(writer.acknowledged) > WARM_UP)
        path = folder / "backup.tar.gz"
        slow = [sys.executable, "-m", "tests.faults.slow_backup", str(path), str(BYTES_PER_SECOND)]
        done = subprocess.run(slow, cwd=ROOT, env=server.environment, capture_output=True, text=True, timeout=90, check=False)
        assert done.returncode == 0, done.stderr
        began = float(done.stdout.split()[1])
        sent = writer.stop()
        before = [one for one in sent if one.at < began]
        yield Made(path, room["id"], room["epoch"], before, sent[len(before) :], alice)
        writer.close()
    finally:
        server.stop()


def test_every_message_acknowledged_before_it_began_is_in_the_database_of_the_backup(made: Made, folder: Path) -> None:
    assert len(made.before) > WARM_UP
    assert made.rest, "nothing was written while the backup was made"
    subprocess.run(["tar", "--extract", "--file", made.path, "--directory", folder, "parley.sqlite3"], check=True)
    with closing(sqlite3.connect(folder / "parley.sqlite3")) as record:
        archived = dict(record.execute("SELECT seq, text FROM chat_message WHERE room_id = ?", [made.room]).fetchall())
        assert record.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert {one.seq: archived.get(one.seq) for one in made.before} == {one.seq: one.text for one in made.before}


def test_the_backup_is_verified_by_the_command(made: Made, folder: Path) -> None:
    done = _manage(folder / "elsewhere", "verify", str(made.path))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].startswith("The backup of 20")
    assert sorted(path.name for path in (folder / "elsewhere").iterdir()) == ["secret_key"]


def test_only_the_owner_can_read_the_backup(made: Made) -> None:
    assert made.path.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in made.path.parent.glob("*.partial")] == []


@pytest.fixture(scope="module")
def restored(made: Made, folder: Path) -> Iterator[ServerProcess]:
    """A server on what was restored into an empty folder."""
    done = _manage(folder / "restored", "restore", str(made.path))
    assert done.returncode == 0, done.stderr
    server = ServerProcess(folder / "restored").start()
    yield server
    server.stop()


@pytest.fixture
def alice(made: Made, restored: ServerProcess) -> Iterator[WireClient]:
    """By her session of before: the key that signs it came along."""
    client = WireClient(restored.port, made.alice.cookie)
    yield client
    client.close()


def test_a_client_of_before_goes_on_in_the_restored_room(made: Made, alice: WireClient) -> None:
    last = made.before[-1].seq
    state = _catch_up(alice, made, last)
    assert (state["catch_up"], state["epoch"] == made.epoch) == ("complete", False)
    assert [message["seq"] for message in state["messages"]] == list(range(last + 1, state["seq"] + 1))
    after = alice.call("send", {"room": made.room, "client_id": "after-the-restore", "text": "back again"})
    assert after["seq"] == state["seq"] + 1


def test_every_message_acknowledged_before_it_began_is_in_the_restored_history(made: Made, alice: WireClient) -> None:
    texts = _history(alice, made.room, made.before[-1].seq)
    assert {one.seq: texts.get(one.seq) for one in made.before} == {one.seq: one.text for one in made.before}


def test_a_client_that_is_ahead_of_the_backup_is_told_to_reload(made: Made, alice: WireClient) -> None:
    state = _catch_up(alice, made, made.rest[-1].seq)
    assert state["seq"] < made.rest[-1].seq
    assert state["catch_up"] == "window"


def test_a_redis_of_ones_own_has_to_be_empty_of_the_installation(made: Made, folder: Path, redis_server: RedisProcess) -> None:
    with redis.Redis.from_url(redis_server.url) as client:
        client.flushall()
        theirs = {"REDIS_URL": redis_server.url, "SECRET_KEY": "a key that all processes of the installation share"}
        done = _manage(folder / "external", "restore", str(made.path), **theirs)
        assert done.returncode == 0, done.stderr
        assert [path.name for path in (folder / "external").glob("replaced-*")] == []
        client.hset("room:{1}", "version", "1")
        done = _manage(folder / "external", "restore", "--replace", str(made.path), **theirs)
        assert done.returncode == 2
        assert done.stderr.startswith("parley: the Redis at REDIS_URL holds rooms of this installation: empty it")
        client.flushall()


def _catch_up(client: WireClient, made: Made, seq: int) -> dict[str, Any]:
    """Return the state that a client gets which has seen so much of the epoch of before."""
    [state] = client.call("sync", {"rooms": {str(made.room): {"epoch": made.epoch, "seq": seq, "rev": 0}}})["rooms"]
    found: dict[str, Any] = state
    return found


def _history(client: WireClient, room: int, upto: int) -> dict[int, str]:
    texts: dict[int, str] = {}
    before = upto + 1
    while before > 1:
        page = client.call("history", {"room": room, "before": before, "limit": 100})["messages"]
        texts |= {message["seq"]: message["text"] for message in page}
        before = page[0]["seq"]
    return texts


def _manage(data_dir: Path, *arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "project.settings", "DATA_DIR": str(data_dir), **settings}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=90, check=False)
