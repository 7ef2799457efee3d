"""What commands say of the installation that they work on: it is the environment's, which may not be the server's."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import OperationalError, ProgrammingError, connection
from django.db.migrations.loader import MigrationLoader

from project.private_files import give_to_owner
from project.server.errors import StartError

# SQLite's words, and PostgreSQL's.
MISSING_TABLE = ("no such table", "relation ")
MISSING_COLUMN = ("no such column", "column ")


@contextmanager
def named_installation() -> Iterator[None]:
    """Name the folder if it was created just now; raise StartError if the database is an empty one."""
    if settings.DATA_DIR_IS_NEW:
        print(f"parley: created DATA_DIR {settings.DATA_DIR}; the database is {_database()}", file=sys.stderr)
    try:
        yield
    except (OperationalError, ProgrammingError) as error:
        if str(error).startswith(MISSING_COLUMN):
            raise _other_version() from error
        if not str(error).startswith(MISSING_TABLE):
            raise
        raise StartError(
            f"The database {_database()} has no tables. Give the command the DATA_DIR and DATABASE_URL of the server,"
            " or start the server once"
        ) from error


@contextmanager
def left_to_its_owner() -> Iterator[None]:
    """Let the server's user own all in DATA_DIR afterwards, also where root gave the command while no server ran."""
    try:
        yield
    finally:
        give_to_owner(settings.DATA_DIR)


def is_of_another_version(error: Exception) -> bool:
    """Whether a query failed since the tables are not those of this version."""
    return str(error).startswith((*MISSING_TABLE, *MISSING_COLUMN))


def _other_version() -> StartError:
    from project.server.migrate import refuse_newer  # it needs the models, and this module is imported before there are any

    try:
        refuse_newer(MigrationLoader(connection))
    except StartError as newer:
        return newer
    return StartError(f"The database {_database()} is of an older version: start the server once, or run manage.py migrate")


def _database() -> str:
    """Where the record is, without a password."""
    facts = settings.DATABASES["default"]
    return str(facts["NAME"]) if connection.vendor == "sqlite" else f"{facts['NAME']} at {facts['HOST'] or 'localhost'}"
