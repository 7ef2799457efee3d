"""`manage.py move`, run as an administrator does: SQLite to a real PostgreSQL, and back into a new file."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from project.moving.copying import ROWS
from project.server.instance_lock import InstanceLock
from tests.support.live_server import free_port
from tests.support.postgresql_server import PostgresqlProcess
from tests.support.ready_tables import give_tables

ROOT = Path(__file__).parents[3]
SEED = Path(__file__).parent / "seed.py"
MESSAGES = 3 * ROWS


class Installation:
    """A data folder, and commands run in its environment."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.file = data_dir / "parley.sqlite3"

    def run(self, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**inherited, "DATA_DIR": str(self.data_dir), "PYTHONPATH": str(ROOT), "SECRET_KEY": "k" * 50, **environment},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def move(self, url: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        return self.run("manage.py", "move", "--to", url, **environment)

    def state(self, url: str = "") -> dict[str, object]:
        """What search finds and the next ids, in the database at this address."""
        done = self.run(str(SEED), "look", **({"DATABASE_URL": url} if url else {}))
        assert done.returncode == 0, done.stderr
        found: dict[str, object] = json.loads(done.stdout)
        return found


@pytest.fixture(scope="module")
def postgresql_server() -> Iterator[PostgresqlProcess]:
    server = PostgresqlProcess()
    try:
        yield server.start()
    finally:
        server.stop()


@pytest.fixture
def empty(postgresql_server: PostgresqlProcess) -> Iterator[str]:
    """The address of an empty database."""
    where = f"dbname=postgres host={postgresql_server.folder} user={postgresql_server.user}"
    with psycopg.connect(where, autocommit=True) as connection:
        connection.execute("CREATE DATABASE parley_target")
        yield f"postgres://{postgresql_server.user}@{str(postgresql_server.folder).replace('/', '%2F')}/parley_target"
        connection.execute("DROP DATABASE parley_target WITH (FORCE)")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A community with a few thousand messages, never changed by a test."""
    installation = Installation(tmp_path_factory.mktemp("move"))
    give_tables({"DATA_DIR": str(installation.data_dir)})
    done = installation.run(str(SEED), "fill", str(MESSAGES))
    assert done.returncode == 0, done.stderr
    return installation


def checksums(printed: str) -> dict[str, str]:
    return dict(re.findall(r"^(\w+): (\d+ rows, checksum \w{16})$", printed, re.MULTILINE))


def test_to_postgresql_through_a_kill_and_back_everything_is_the_same(filled: Installation, empty: str, tmp_path: Path) -> None:
    before = filled.state()
    assert before["found"] == ["message 2999 boat", "message 2899 boat", "message 2799 boat"]
    assert isinstance(before["moderators_may"], list)
    assert {"view_room", "change_room"} & {codename for _, codename in before["moderators_may"]} == {"view_room"}
    killed = filled.move(empty, PYTHONPATH=f"{ROOT}:{ROOT / 'tests/project/moving/killed'}")
    assert killed.returncode == -9, killed.stderr
    _is_refused_until_it_is_complete(filled, empty)
    there = filled.move(empty)
    assert there.returncode == 0, there.stderr
    assert f"chat_message: {MESSAGES - ROWS} rows copied" in there.stdout
    assert filled.state(empty) == before
    back = tmp_path / "back.sqlite3"
    done = filled.move(f"sqlite:///{back}", DATABASE_URL=empty)
    assert done.returncode == 0, done.stderr
    assert checksums(there.stdout) == checksums(done.stdout)
    assert checksums(there.stdout)["chat_message"].startswith(f"{MESSAGES} rows")
    assert filled.state(f"sqlite:///{back}") == before == filled.state()
    assert back.stat().st_mode & 0o777 == 0o600


def _is_refused_until_it_is_complete(installation: Installation, target: str) -> None:
    """A server or a backup that used it would write to it, and the move could not continue."""
    for command in (["serve.py"], ["manage.py", "backup", str(installation.data_dir / "never.tar.gz")]):
        done = installation.run(*command, DATABASE_URL=target, PORT=str(free_port()))
        assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
        assert done.stderr.startswith("parley: this database is the target of a move that was not finished")


def test_every_process_moves_the_tables_in_the_same_order(filled: Installation) -> None:
    ask = (
        "import django; django.setup(); from project.moving import tables; print([one._meta.label for one in tables.tables()])"
    )
    orders = {filled.run("-c", ask, DJANGO_SETTINGS_MODULE="project.settings", PYTHONHASHSEED=seed).stdout for seed in "123"}
    assert len(orders) == 1
    assert "chat.Message" in orders.pop()


def test_a_target_that_was_written_to_meanwhile_is_refused_in_one_line(filled: Installation, tmp_path: Path) -> None:
    target = tmp_path / "target.sqlite3"
    assert filled.move(f"sqlite:///{target}", PYTHONPATH=f"{ROOT}:{ROOT / 'tests/project/moving/killed'}").returncode == -9
    with closing(sqlite3.connect(target)) as database, database:
        database.execute("INSERT INTO auth_group_permissions (id, group_id, permission_id) VALUES (1, 1, 1)")
    done = filled.move(f"sqlite:///{target}")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert "somebody else wrote to the target" in done.stderr


def test_a_target_that_holds_something_is_refused(filled: Installation, empty: str, tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite3"
    with closing(sqlite3.connect(other)) as database, database:
        database.execute("CREATE TABLE theirs (id integer)")
    done = filled.move(f"sqlite:///{other}")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "the target is not empty" in done.stderr
    assert "in use now" in filled.move(f"sqlite:///{filled.file}").stderr
    assert "must start with sqlite" in filled.move("mysql://root@localhost/parley").stderr


def test_nothing_is_moved_while_a_server_runs(filled: Installation, tmp_path: Path) -> None:
    target = tmp_path / "target.sqlite3"
    with InstanceLock(filled.data_dir):
        done = filled.move(f"sqlite:///{target}")
    assert done.returncode == 2
    assert done.stderr.startswith("parley: another Parley server")
    assert not target.exists()


def test_what_differs_afterwards_is_named(filled: Installation, tmp_path: Path) -> None:
    target = tmp_path / "target.sqlite3"
    done = filled.move(f"sqlite:///{target}", PYTHONPATH=f"{ROOT}:{ROOT / 'tests/project/moving/losing'}")
    assert done.returncode == 2
    assert "chat_message" in done.stderr
    assert "differ" in done.stderr
