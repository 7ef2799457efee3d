"""Waiting for SQLite's lock, with real connections in threads, greenlets and another process."""

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connections
from pytest_django import DjangoDbBlocker

from project.sqlite.base import DatabaseWrapper

# Two greenlets of one process: one holds the lock and goes on only if the other, which waits for it, lets it run.
GREENLETS = """
from gevent import monkey; monkey.patch_all()
import sys, time
import django
from django.conf import settings
settings.configure(DATABASES={"default": {
    "ENGINE": "project.sqlite", "NAME": sys.argv[1], "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 5}}})
django.setup()
import gevent
from django.db import connection, transaction

def hold():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO facts VALUES ('holder')")
        before = len(beats)
        time.sleep(1.0)
        meanwhile.append(len(beats) - before)

def wait():
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO facts VALUES ('waiter')")

def beat(beats):
    while True:
        time.sleep(0.01)
        beats.append(1)

beats, meanwhile = [], []
heart = gevent.spawn(beat, beats)
greenlets = [gevent.spawn(hold), *(gevent.spawn(wait) for _ in range(5))]
gevent.joinall(greenlets, raise_error=True)
assert meanwhile[0] >= 5, f"the loop went round {meanwhile[0]} times in a second"
"""

# A disk that takes 1 s to sync, twice: when a transaction ends, and for a statement that stands alone.
SLOW_DISK = """
from gevent import monkey; monkey.patch_all()
import sys, time
import django
from django.conf import settings
settings.configure(DATABASES={"default": {
    "ENGINE": "project.sqlite", "NAME": sys.argv[1], "OPTIONS": {"transaction_mode": "IMMEDIATE"}}})
django.setup()
import gevent
from django.db import connection, transaction

really_sleep = monkey.get_original("time", "sleep")

def disk(statement):
    if "alone" in statement or statement == "COMMIT":
        before = len(beats)
        really_sleep(1.0)
        meanwhile.append(len(beats) - before)

def beat(beats):
    while True:
        time.sleep(0.01)
        beats.append(1)

beats, meanwhile = [], []
heart = gevent.spawn(beat, beats)
connection.ensure_connection()
connection.connection.set_trace_callback(disk)
with transaction.atomic(), connection.cursor() as cursor:
    cursor.execute("INSERT INTO facts VALUES ('together')")
with connection.cursor() as cursor:
    cursor.execute("INSERT INTO facts VALUES ('alone')")
assert len(meanwhile) == 2 and min(meanwhile) >= 5, f"the loop went round {meanwhile} times in a second each"
connection.close()
"""

# A read, and two writes in a transaction, that take 1 s each and say so.
LONG = """
from gevent import monkey; monkey.patch_all()
import sys, time
import django
from django.conf import settings
settings.configure(DATABASES={"default": {
    "ENGINE": "project.sqlite", "NAME": sys.argv[1], "OPTIONS": {"transaction_mode": "IMMEDIATE"}}})
django.setup()
import gevent
from django.db import connection, transaction

really_sleep = monkey.get_original("time", "sleep")

def think(fact):
    before = len(beats)
    really_sleep(1.0)
    meanwhile.append(len(beats) - before)
    return fact

def beat(beats):
    while True:
        beats.append(1)
        time.sleep(0.01)

beats, meanwhile = [], []
heart = gevent.spawn(beat, beats)
connection.ensure_connection()
connection.connection.create_function("think", 1, think)
with connection.cursor() as cursor:
    assert cursor.execute("SELECT /* long */ think('read')").fetchone() == ("read",)
with transaction.atomic(), connection.cursor() as cursor:
    cursor.executemany("INSERT /* long */ INTO facts VALUES (think(%s))", [["one"], ["two"]])
assert len(meanwhile) == 3 and min(meanwhile) >= 5, f"the loop went round {meanwhile} times in a second each"
connection.close()
"""

WRITER = """
import sys
import django
from django.conf import settings
settings.configure(DATABASES={"default": {
    "ENGINE": "project.sqlite", "NAME": sys.argv[1], "OPTIONS": {"transaction_mode": "IMMEDIATE"}}})
django.setup()
from django.db import connection, transaction
for _ in range(int(sys.argv[2])):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM facts")
        cursor.execute("INSERT INTO facts VALUES (%s)", [cursor.fetchone()[0]])
"""


@pytest.fixture(autouse=True)
def own_databases_are_allowed(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "db.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE facts (fact)")
    connection.close()
    return path


@pytest.fixture
def database(path: Path) -> Iterator[DatabaseWrapper]:
    wrapper = _open(path)
    yield wrapper
    wrapper.close()


def test_sqlite_itself_never_waits(database: DatabaseWrapper) -> None:
    with database.cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == (0,)


@pytest.mark.parametrize(
    "write",
    [
        lambda cursor: cursor.execute("INSERT INTO facts VALUES ('a')"),
        lambda cursor: cursor.executemany("INSERT INTO facts VALUES (%s)", iter([["a"]])),
        lambda cursor: cursor.execute("BEGIN IMMEDIATE") and cursor.execute("COMMIT"),
    ],
    ids=["autocommit", "many", "begin"],
)
def test_a_lock_is_waited_for(database: DatabaseWrapper, path: Path, write: Callable[[Any], object]) -> None:
    with _held_lock(path, seconds=0.3), database.cursor() as cursor:
        started = time.monotonic()
        write(cursor)
        assert 0.2 < time.monotonic() - started < 10


def test_a_new_connection_waits_too(tmp_path: Path) -> None:
    path = tmp_path / "new.sqlite3"
    with _held_lock(path, seconds=0.3):
        waiting = _open(path, init_command="PRAGMA journal_mode=WAL;")
        waiting.ensure_connection()
        waiting.close()


def test_what_prepares_a_new_connection_waits_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite of today asks for the schema where Django only asks how it was compiled."""
    path = tmp_path / "new.sqlite3"
    monkeypatch.setattr("django.db.backends.sqlite3.base.register_functions", _read_schema)
    with _held_lock(path, seconds=0.3):
        waiting = _open(path)
        waiting.ensure_connection()
        waiting.close()


def test_a_connection_that_cannot_be_prepared_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[sqlite3.Connection] = []

    def remember(connection: sqlite3.Connection) -> None:
        found.append(connection)
        _read_schema(connection)

    monkeypatch.setattr("django.db.backends.sqlite3.base.register_functions", remember)
    path = tmp_path / "new.sqlite3"
    impatient = _open(path, timeout=0.1)
    with _held_lock(path, seconds=1.0), pytest.raises(OperationalError, match="locked"):
        impatient.ensure_connection()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        found[0].total_changes  # noqa: B018 - the question itself fails


def _read_schema(connection: sqlite3.Connection) -> None:
    connection.execute("SELECT count(*) FROM sqlite_master").fetchall()


def test_the_wait_ends_at_the_timeout(path: Path) -> None:
    impatient = _open(path, timeout=0.1)
    with _held_lock(path, seconds=1.0), impatient.cursor() as cursor, pytest.raises(OperationalError, match="locked"):
        cursor.execute("INSERT INTO facts VALUES ('a')")
    impatient.close()


def test_another_error_is_raised_at_once(database: DatabaseWrapper) -> None:
    with database.cursor() as cursor, pytest.raises(OperationalError, match="no such table"):
        cursor.execute("INSERT INTO nowhere VALUES (1)")


def test_many_rows_outside_a_transaction_are_written_once(database: DatabaseWrapper) -> None:
    with database.cursor() as cursor:
        cursor.executemany("INSERT INTO facts VALUES (%s)", [[number] for number in range(3)])
        assert cursor.execute("SELECT fact FROM facts").fetchall() == [(0,), (1,), (2,)]


def test_two_greenlets_of_one_process_do_not_stop_the_loop(path: Path) -> None:
    subprocess.run([sys.executable, "-c", GREENLETS, path], check=True, timeout=30)
    assert _facts(path).count("waiter") == 5


def test_a_slow_disk_does_not_stop_the_loop(path: Path) -> None:
    subprocess.run([sys.executable, "-c", SLOW_DISK, path], check=True, timeout=30)
    assert _facts(path) == ["together", "alone"]


def test_what_says_that_it_takes_long_does_not_stop_the_loop(path: Path) -> None:
    subprocess.run([sys.executable, "-c", LONG, path], check=True, timeout=30)
    assert _facts(path) == ["one", "two"]


def test_two_processes_write_in_turn(path: Path) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, path, "100"]) for _ in range(2)]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    assert _facts(path) == list(range(200))


@contextmanager
def _held_lock(path: Path, seconds: float) -> Iterator[None]:
    """Hold the write lock as another connection, let go of by a thread after some time."""
    connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    timer = threading.Timer(seconds, connection.execute, ["COMMIT"])
    timer.start()
    yield
    timer.join()
    connection.close()


def _open(path: Path, **options: object) -> DatabaseWrapper:
    template = connections.databases["default"]
    return DatabaseWrapper({**template, "NAME": path, "OPTIONS": {"transaction_mode": "IMMEDIATE", **options}}, "other")


def _facts(path: Path) -> list[object]:
    connection = sqlite3.connect(path)
    try:
        return [fact for (fact,) in connection.execute("SELECT fact FROM facts ORDER BY rowid")]
    finally:
        connection.close()
