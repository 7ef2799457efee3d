"""What is asked of the archive is asked of SQLite and of PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.base import DatabaseWrapper
from pytest_django import DjangoDbBlocker

from chat.archive.search.index import index_of
from chat.archive.search.wanted import SearchIndex
from tests.postgresql_server import PostgresqlProcess


@pytest.fixture(scope="session")
def postgresql(django_db_blocker: DjangoDbBlocker) -> Iterator[BaseDatabaseWrapper]:
    """A PostgreSQL with all our tables, empty."""
    server = PostgresqlProcess()
    try:
        server.start()
        database = _database(server.folder, server.user)
        with django_db_blocker.unblock(), _as_default(database):
            call_command("migrate", verbosity=0, interactive=False)
        yield database
        database.close()
    finally:
        server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(
    request: pytest.FixtureRequest, transactional_db: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[BaseDatabaseWrapper]:
    """What everything is written to and read from, twice."""
    if request.param == "sqlite":
        yield connections["default"]
        return
    with _as_default(request.getfixturevalue("postgresql")) as database:
        yield database
        # Not by Django's flush: it would want to empty the moderation log, too.
        with database.cursor() as cursor:
            cursor.execute("TRUNCATE chat_room, accounts_user CASCADE")


@pytest.fixture
def index(database: BaseDatabaseWrapper) -> SearchIndex:
    return index_of(database)


class _as_default:
    """While it lasts, the default database is this one."""

    def __init__(self, database: BaseDatabaseWrapper) -> None:
        self._database = database

    def __enter__(self) -> BaseDatabaseWrapper:
        self._before = connections["default"]
        connections["default"] = self._database
        return self._database

    def __exit__(self, *failure: object) -> None:
        connections["default"] = self._before


def _database(folder: Path, user: str) -> BaseDatabaseWrapper:
    facts = {**connections.databases["default"], "OPTIONS": {}, "NAME": "postgres", "HOST": str(folder), "USER": user}
    return DatabaseWrapper({**facts, "ENGINE": "django.db.backends.postgresql"}, "default")
