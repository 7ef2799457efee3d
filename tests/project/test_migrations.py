"""Processes that start at once, and tables of a version that is newer than this one."""

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest

from project.server.errors import StartError
from project.server.migrate import migrate
from tests.support.live_server import ServerProcess, run_serve
from tests.support.postgresql_server import as_default
from tests.support.ready_tables import give_tables

ROOT = Path(__file__).parents[2]
TRIES = 2
# As the start does it, and then what it left.
MIGRATE = """
import django; django.setup()
import time
from django.db import connection
from project.server.migrate import migrate
while time.time() < {at}: time.sleep(0.001)
migrate()
with connection.cursor() as cursor:
    cursor.execute("SELECT count(*), count(DISTINCT app || name) FROM django_migrations")
    print(*cursor.fetchone())
"""


def _at_once(addresses: list[str], folder: Path) -> list[str]:
    """Let two processes migrate each database at the same moment; return what each printed."""
    code = MIGRATE.format(at=time.time() + 4)
    known = {**os.environ, "DJANGO_SETTINGS_MODULE": "project.settings", "DATA_DIR": str(folder), "SECRET_KEY": "k" * 50}
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=ROOT, env={**known, "DATABASE_URL": address}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for address in addresses
        for _ in range(2)
    ]  # fmt: skip
    said = [process.communicate(timeout=120) for process in running]
    assert [process.returncode for process in running] == [0] * len(running), said
    return [out.strip() for out, _ in said]


def test_two_processes_migrate_an_empty_postgresql_at_once(postgresql, django_db_blocker, data_dir: Path) -> None:
    facts = postgresql.settings_dict
    names = [f"at_once_{number}" for number in range(TRIES)]
    with django_db_blocker.unblock(), postgresql.cursor() as cursor:
        for name in names:
            cursor.execute(f"CREATE DATABASE {name}")
    server = f"postgres://{facts['USER']}@{quote(facts['HOST'], safe='')}"
    said = _at_once([f"{server}/{name}" for name in names], data_dir)
    assert len(set(said)) == 1
    applied, distinct = said[0].split()
    assert applied == distinct


def test_two_processes_migrate_an_empty_sqlite_at_once(data_dir: Path) -> None:
    said = _at_once([f"sqlite:///{data_dir / f'{number}.sqlite3'}" for number in range(TRIES)], data_dir)
    assert len(set(said)) == 1
    applied, distinct = said[0].split()
    assert applied == distinct


def test_a_folder_of_a_newer_version_is_refused_in_one_line_before_anything_is_written(data_dir: Path) -> None:
    give_tables({"DATA_DIR": str(data_dir)})
    with closing(sqlite3.connect(data_dir / "parley.sqlite3")) as database, database:
        database.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('chat', '0099_future', '2030-01-01')")
        database.execute("ALTER TABLE chat_room RENAME COLUMN topic TO subject")
    before = (data_dir / "parley.sqlite3").read_bytes()
    refused = run_serve(ServerProcess(data_dir))
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == (
        "parley: a newer version has used this database (migration chat.0099_future is unknown here): "
        "start that version or a later one, or restore a backup from before\n"
    )
    assert (data_dir / "parley.sqlite3").read_bytes() == before
    assert not (data_dir / "redis").exists()


def test_a_postgresql_of_a_newer_version_is_refused(postgresql, django_db_blocker) -> None:
    with django_db_blocker.unblock(), as_default(postgresql), postgresql.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('accounts', '0099_future', now())")
        try:
            with pytest.raises(StartError, match=r"a newer version has used this database \(migration accounts\.0099_future"):
                migrate()
        finally:
            with postgresql.cursor() as again:
                again.execute("DELETE FROM django_migrations WHERE name = '0099_future'")
