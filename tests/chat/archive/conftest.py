"""What is asked of the archive is asked of SQLite and of PostgreSQL."""

from collections.abc import Iterator

import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from chat.archive.search.index import index_of
from chat.archive.search.request import SearchIndex
from tests.support.postgresql_server import as_default


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, transactional_db: None) -> Iterator[BaseDatabaseWrapper]:
    """What everything is written to and read from, twice."""
    if request.param == "sqlite":
        # Emptied here, since a test that empties the tables begins with the same ids again.
        index_of(connections["default"]).begin_rebuild()
        yield connections["default"]
        return
    with as_default(request.getfixturevalue("postgresql")) as database:
        yield database
        # Not by Django's flush: it would want to empty the moderation log, too.
        with database.cursor() as cursor:
            cursor.execute("TRUNCATE chat_room, chat_byline, accounts_user CASCADE")


@pytest.fixture
def index(database: BaseDatabaseWrapper) -> SearchIndex:
    return index_of(database)
