"""What commands say of the installation that they work on: it is the environment's, which may not be the server's."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import OperationalError, ProgrammingError, connection

from project.server.errors import StartError

MISSING_TABLE = ("no such table", "relation ")


@contextmanager
def named_installation() -> Iterator[None]:
    """Name the folder if it was created just now; raise StartError if the database is an empty one."""
    if settings.DATA_DIR_IS_NEW:
        print(f"parley: created DATA_DIR {settings.DATA_DIR}; the database is {_database()}", file=sys.stderr)
    try:
        yield
    except (OperationalError, ProgrammingError) as error:
        if not str(error).startswith(MISSING_TABLE):
            raise
        raise StartError(
            f"The database {_database()} has no tables. Give the command the DATA_DIR and DATABASE_URL of the server,"
            " or start the server once"
        ) from error


def _database() -> str:
    """Where the record is, without a password."""
    facts = settings.DATABASES["default"]
    return str(facts["NAME"]) if connection.vendor == "sqlite" else f"{facts['NAME']} at {facts['HOST'] or 'localhost'}"
