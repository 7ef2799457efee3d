"""A PostgreSQL record, saved by pg_dump and brought into an empty database by pg_restore."""

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.base import DatabaseWrapper
from pytest_django import DjangoDbBlocker

from chat.models import Room
from project.backup import postgresql
from project.backup.errors import BackupError
from project.backup.progress import Progress
from tests.support.postgresql_server import as_default

SILENT = Progress(io.StringIO())
COPY = "restored"


@pytest.fixture
def record(postgresql: BaseDatabaseWrapper, django_db_blocker: DjangoDbBlocker) -> Iterator[BaseDatabaseWrapper]:
    """A database with a room, and an empty one beside it."""
    if not shutil.which("pg_dump"):
        pytest.skip("pg_dump is not installed (Debian: apt-get install postgresql-client)")
    with django_db_blocker.unblock(), as_default(postgresql):
        room = Room.objects.create(name="kept", slug="kept")
        with postgresql.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {COPY}")
        yield postgresql
        with postgresql.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {COPY} WITH (FORCE)")
        room.delete()


def test_what_is_saved_is_restored_into_an_empty_database(record: BaseDatabaseWrapper, tmp_path: Path) -> None:
    facts = postgresql.dump(tmp_path / "record", SILENT)
    assert facts.schema["chat"].startswith("00")
    postgresql.check_dump(tmp_path / "record")
    with pytest.raises(BackupError, match="has tables already"):
        postgresql.refuse_filled_database()
    copy = DatabaseWrapper({**record.settings_dict, "NAME": COPY}, "default")
    with as_default(copy):
        postgresql.refuse_filled_database()
        postgresql.load(tmp_path / "record", SILENT)
        assert list(Room.objects.values_list("name", flat=True)) == ["kept"]
        connection.close()


def test_a_dump_that_is_none_is_refused(record: BaseDatabaseWrapper, tmp_path: Path) -> None:
    (tmp_path / "record").write_text("no dump")
    with pytest.raises(BackupError, match="pg_restore: error: "):
        postgresql.check_dump(tmp_path / "record")


def test_without_pg_dump_it_says_what_to_install(
    record: BaseDatabaseWrapper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupError, match="pg_dump is not on the PATH: install PostgreSQL's client programs"):
        postgresql.dump(tmp_path / "record", SILENT)
