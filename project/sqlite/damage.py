"""A SQLite file that is damaged, or is no SQLite file: recognised wherever it shows, and reported once a process."""

import logging
import sqlite3

log = logging.getLogger(__name__)

# The low byte of an extended result code is the primary one: see sqlite.org/rescode.html.
DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


class _Seen:
    """What the first damaged page said; empty while all is well. Each process judges by what it reads itself."""

    error = ""


_seen = _Seen()


def is_damage(error: BaseException | None) -> bool:
    """Whether an error, or what caused it, is SQLite's report of a damaged or foreign file.

    The search index reports its own damage (SQLITE_CORRUPT_VTAB): the archiver rebuilds it from the messages.
    """
    while error is not None:
        code = getattr(error, "sqlite_errorcode", None)
        if isinstance(error, sqlite3.DatabaseError) and code is not None and code & 0xFF in DAMAGED:
            return bool(code != sqlite3.SQLITE_CORRUPT_VTAB)
        error = error.__cause__
    return False


def note_damage(error: BaseException, path: object) -> None:
    """Report the first error that is damage; the same file fails again with every read of the page."""
    if _seen.error or not is_damage(error):
        return
    _seen.error = f"The database {path} is damaged ({error})"
    log.critical("%s. Stop the server and restore a backup: manage.py restore FROM --replace", _seen.error)


def damage_seen() -> str:
    """Return what is wrong with the database, or nothing: a damaged process is not ready to serve."""
    return _seen.error
