"""A folder or a database that cannot be served from, tried as a person at a console does."""

import logging
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError
from pytest_django import DjangoDbBlocker

from project.server.periodic import repeat
from project.sqlite import damage
from project.sqlite.base import DatabaseWrapper
from project.sqlite.file_check import find_fault

ROOT = Path(__file__).parents[3]
PAGE = 4_096


@pytest.fixture
def record(data_dir: Path) -> Path:
    """A database of some hundred pages."""
    path = data_dir / "parley.sqlite3"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE facts (fact TEXT)")
        database.executemany("INSERT INTO facts VALUES (?)", [(f"{n:0500}",) for n in range(1_000)])
    database.close()
    return path


def test_a_file_that_is_no_database_stops_the_start_in_one_line(data_dir: Path) -> None:
    (data_dir / "parley.sqlite3").write_text("What an editor saved here.\n" * 1_000)
    assert _refusal("serve.py", data_dir) == (
        f"parley: {data_dir}/parley.sqlite3 is not a SQLite database: restore a backup, or move that file away\n"
    )


def test_a_command_on_a_file_that_is_no_database_ends_in_one_line(data_dir: Path) -> None:
    (data_dir / "parley.sqlite3").write_text("What an editor saved here.\n" * 1_000)
    said = _refusal("manage.py", data_dir, "migrate")
    assert f"The database {data_dir}/parley.sqlite3 is damaged (file is not a database). " in said


def test_a_damaged_database_stops_the_start_in_one_line(record: Path) -> None:
    _damage(record)
    said = _refusal("serve.py", record.parent)
    assert said.startswith(f"parley: the database {record} is damaged (")
    assert said.endswith("restore a backup with manage.py restore FROM --replace\n")


def test_a_database_that_cannot_be_read_for_another_reason_is_not_called_damaged(record: Path) -> None:
    with sqlite3.connect(record) as database:
        database.execute("PRAGMA journal_mode = WAL")
    database.close()
    record.with_name("parley.sqlite3-wal").mkdir()  # as with a full disk, SQLite cannot make this file
    said = _refusal("serve.py", record.parent)
    assert said.startswith(f"parley: the database {record} cannot be used (")
    assert said.endswith(" MB are free on its disk\n")
    assert "restore" not in said


def test_a_database_that_was_cut_off_stops_the_start_in_one_line(record: Path) -> None:
    os.truncate(record, 20 * PAGE)
    assert "is damaged (" in _refusal("serve.py", record.parent)


def test_a_read_only_folder_that_was_in_use_stops_the_start_in_one_line(record: Path) -> None:
    (record.parent / "secret_key").write_text("a key of the first start, fifty characters or so long")
    said = _refusal("serve.py", record.parent, read_only=True)
    assert said.startswith(f'parley: Settings: DATA_DIR "{record.parent}" is not writable: ')


def test_the_check_of_a_large_file_ends_in_time(record: Path) -> None:
    assert find_fault(record, 60.0) == ""
    _damage(record)
    assert find_fault(record, 60.0) != ""
    assert find_fault(record, 0.0) == ""  # not found in no time: the server reports what it meets later


def test_a_server_that_meets_a_damaged_page_says_so_once(
    meeting: DatabaseWrapper, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = iter(range(3))
    monkeypatch.setattr("project.server.periodic.gevent.sleep", lambda _: next(turns))

    def turn() -> None:
        with meeting.cursor() as cursor:
            cursor.execute("SELECT fact FROM facts")
            cursor.fetchall()

    with pytest.raises(StopIteration):
        repeat(1.0, turn)
    [said] = caplog.records
    assert said.levelno == logging.CRITICAL
    assert "is damaged (database disk image is malformed). Stop the server and restore a backup" in said.getMessage()
    assert "malformed" in damage.damage_seen()


def test_an_error_of_another_kind_is_no_damage(meeting: DatabaseWrapper) -> None:
    with meeting.cursor() as cursor, pytest.raises(DatabaseError):
        cursor.execute("SELECT nothing FROM nowhere")
    assert damage.damage_seen() == ""


@pytest.fixture
def meeting(record: Path, django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch) -> Iterator[DatabaseWrapper]:
    """A connection to a damaged database, in a process that has not met the damage yet."""
    monkeypatch.setattr(damage, "_seen", damage._Seen())
    _damage(record)
    facts: dict[str, Any] = {
        "ENGINE": "project.sqlite",
        "NAME": str(record),
        "OPTIONS": {},
        "TIME_ZONE": None,
        "CONN_HEALTH_CHECKS": False,
    }
    with django_db_blocker.unblock():
        database = DatabaseWrapper({**facts, "AUTOCOMMIT": True, "CONN_MAX_AGE": 0}, "damaged")
        yield database
        database.close()


def _damage(path: Path) -> None:
    """What a copy of a running server's file is like: some of its pages are of another moment."""
    with path.open("r+b") as file:
        for page in range(5, 60):
            file.seek(page * PAGE)
            file.write(b"\xff" * PAGE)


def _refusal(program: str, data_dir: Path, *arguments: str, read_only: bool = False) -> str:
    """Return the one line with which a program refused to go on."""
    command = [sys.executable, program, *arguments]
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    done = subprocess.run(
        _with_read_only(data_dir, command) if read_only else command,
        cwd=ROOT,
        env=inherited | {"DATA_DIR": str(data_dir)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def _with_read_only(folder: Path, command: list[str]) -> list[str]:
    """Nothing is read-only for root but what is mounted so, which needs a mount namespace of its own."""
    if os.geteuid() != 0:
        folder.chmod(0o500)
        return command
    remount = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0"'
    enter = ["unshare", "--mount", "sh", "-c"]
    if not shutil.which("unshare") or subprocess.run([*enter, remount, folder], capture_output=True, check=False).returncode:
        pytest.skip("this machine gives no mount namespace")
    return [*enter, f'{remount} && exec "$@"', str(folder), *command]
