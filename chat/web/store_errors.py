"""Which errors mean that a store does not answer, and not that our code is wrong."""

import sqlite3

from django.db import Error as DatabaseError
from django.db import InterfaceError, OperationalError

from chat.domain.errors import ChatError, Code
from chat.live.redis.client import means_unavailable


def is_store_error(error: BaseException | None) -> bool:
    """Whether the same request could succeed later, once Redis or the database is there again."""
    if isinstance(error, ChatError):
        return error.code is Code.UNAVAILABLE
    return means_unavailable(error) or _is_of_the_database(error)


def _is_of_the_database(error: BaseException | None) -> bool:
    cause = error.__cause__ if isinstance(error, DatabaseError) else None
    if isinstance(cause, sqlite3.Error):
        # SQLite calls a missing column "operational", too: a mistake in a statement is SQLITE_ERROR and nothing else is.
        code = getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        return code not in (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_MISUSE)
    return isinstance(error, OperationalError | InterfaceError)
