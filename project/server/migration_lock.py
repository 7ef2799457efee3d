"""One process at a time changes the tables; others wait, and find nothing left to do."""

import fcntl
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

# "parley" in ASCII: an advisory lock is known by a number, in one database.
ADVISORY_LOCK = 0x7061726C6579
PAUSE_SECONDS = 0.1

log = logging.getLogger(__name__)


@contextmanager
def migration_lock(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Hold the lock of this database. The kernel or PostgreSQL releases it when its holder dies, however it dies."""
    if connection.vendor == "postgresql":
        with _advisory_lock(connection):
            yield
    elif connection.is_in_memory_db():  # type: ignore[attr-defined]  # SQLite's; nobody else can see this database
        yield
    else:
        with _file_lock(Path(connection.settings_dict["NAME"])):
            yield


@contextmanager
def _advisory_lock(connection: BaseDatabaseWrapper) -> Iterator[None]:
    with connection.cursor() as cursor:

        def is_ours() -> bool:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_LOCK])
            return bool(cursor.fetchone()[0])

        _wait_for(is_ours)
        yield
        cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])


@contextmanager
def _file_lock(database: Path) -> Iterator[None]:
    with database.with_name(f"{database.name}.migrating").open("w") as file:

        def is_ours() -> bool:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True

        _wait_for(is_ours)
        yield


def _wait_for(is_ours: Callable[[], bool]) -> None:
    """Wait without an end: migrating a large database takes as long as it takes."""
    if is_ours():
        return
    log.info("Another process is migrating the database; waiting for it")
    while not is_ours():
        time.sleep(PAUSE_SECONDS)
