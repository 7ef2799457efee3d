"""What every test may ask for: a live state, on a fake Redis and on a real one."""

import importlib
import math
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import fakeredis
import pytest
import pytest_django
import redis
from django.core.management import call_command
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from hypothesis import settings as hypothesis

from accounts.server_settings import _Held
from chat.archive.search.index import index_of
from chat.live.live_state import LiveState, live_state
from chat.live.redis.client import connect
from project.server.errors import StartError
from project.server.redis.executable import find_redis_server
from tests.support.postgresql_server import PostgresqlProcess, as_default
from tests.support.redis_servers import RedisProcess

# No deadline: on a busy machine it would fail what is only slow. No database: a failure is repeated by what it prints.
hypothesis.register_profile("parley", deadline=None, database=None, print_blob=True)
hypothesis.load_profile("parley")


def pytest_sessionstart() -> None:
    """Without a Redis there is one line, and not an error for each test."""
    try:
        find_redis_server()
    except StartError as error:
        raise pytest.UsageError(f"The tests need a Redis: {error}") from error


@pytest.fixture(autouse=True)
def _server_is_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """As after the first run, and under the default settings: no test waits for a look at them, or finds another's."""
    monkeypatch.setattr("accounts.owner._is_set_up", True)
    monkeypatch.setattr("accounts.server_settings._held", _Held({}, math.inf))


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisProcess]:
    """A real Redis for all tests that do not hurt it."""
    folder = Path(tempfile.mkdtemp(prefix="parley-redis-"))
    server = RedisProcess(folder).start()
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> None:
    """The test database, whose moderation log can be emptied: a test that commits leaves nothing behind.

    There is nothing to remove, and no test runs, if a migration since has lost the triggers by rebuilding their table.
    """
    append_only = importlib.import_module("chat.migrations.0005_append_only_log")
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        append_only.remove_triggers(None, editor)


@pytest.fixture(params=["fakeredis", "redis"])
def any_live(request: pytest.FixtureRequest) -> Iterator[LiveState]:
    """An empty live state, twice: the same test on a fake and on a real Redis."""
    client: redis.Redis
    if request.param == "fakeredis":
        client = fakeredis.FakeRedis(protocol=2)  # as chat.live.redis.client has it
    else:
        client = connect(request.getfixturevalue("redis_server").url)
    client.flushall()
    yield LiveState(client)
    client.close()


@pytest.fixture
def transactional_db(transactional_db: None) -> None:
    """Its tables are emptied after each test, and the search index with them: it is no model's, and ids begin again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM chat_search_deleted)")
        if cursor.fetchone() == (1,):
            index_of(connection).begin_rebuild()


@pytest.fixture
def live(redis_server: RedisProcess) -> Iterator[LiveState]:
    """An empty live state on a real Redis that the actions use, too."""
    live = LiveState(connect(redis_server.url))
    live.client.flushall()
    live_state.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("chat.live.live_state.LiveState", lambda *_stores, **_more: live)
        yield live
    live_state.cache_clear()
    live.client.close()


@pytest.fixture(scope="session")
def postgresql(django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[BaseDatabaseWrapper]:
    """A PostgreSQL with all our tables, empty."""
    server = PostgresqlProcess()
    try:
        server.start()
        database = server.database()
        with django_db_blocker.unblock(), as_default(database):
            call_command("migrate", verbosity=0, interactive=False)
        yield database
        database.close()
    finally:
        server.stop()
