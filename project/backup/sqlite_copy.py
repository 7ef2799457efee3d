"""A copy of a SQLite database as it is at one moment, by SQLite's own backup, and what is in such a copy."""

import sqlite3
from contextlib import closing
from pathlib import Path

from project.backup.errors import BackupError
from project.backup.facts import read_facts
from project.backup.manifest import Facts
from project.backup.progress import Progress

PAGES_PER_STEP = 2_000
LOCK_SECONDS = 20.0


def copy_sqlite(source: Path, target: Path, progress: Progress) -> None:
    """Copy it while others write. Raises BackupError."""
    try:
        with closing(sqlite3.connect(source, timeout=LOCK_SECONDS, isolation_level=None)) as live, _scratch(target) as copy:
            # Holds the moment: without it, each write by the server would make the backup begin again.
            live.execute("BEGIN")
            [size] = live.execute("PRAGMA page_size").fetchone()
            [pages] = live.execute("PRAGMA page_count").fetchone()
            live.execute("SELECT 1 FROM sqlite_schema").fetchone()
            progress.step("Copying the database", size * pages)
            live.backup(copy, pages=PAGES_PER_STEP, progress=_Steps(size, progress))
            # One file, which changes with nothing but a write: the server sets this again when it opens it.
            copy.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        raise BackupError(f"the database {source} cannot be copied: {error}") from error


class _Steps:
    """SQLite tells how many pages are left; the bar wants to know how many bytes are done."""

    def __init__(self, page_size: int, progress: Progress) -> None:
        self._page_size, self._progress = page_size, progress
        self._done = 0

    def __call__(self, _status: int, remaining: int, total: int) -> None:
        self._progress.add((total - remaining - self._done) * self._page_size)
        self._done = total - remaining


def _scratch(path: Path) -> "closing[sqlite3.Connection]":
    """Nothing of it needs to survive a power cut: it is complete, or it is thrown away."""
    path.touch(0o600)
    copy = sqlite3.connect(path, isolation_level=None)
    copy.execute("PRAGMA synchronous = OFF")
    copy.execute("PRAGMA journal_mode = OFF")
    return closing(copy)


def check_sqlite_copy(path: Path, progress: Progress) -> Facts:
    """Let SQLite check the whole copy and return what is in it. Raises BackupError."""
    progress.step("Checking the database")
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as copy:
            [found] = copy.execute("PRAGMA integrity_check(1)").fetchone()
            if found != "ok":
                raise BackupError(f"the database is damaged: {' '.join(found.split())}")
            tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
            return read_facts(tables, lambda query: copy.execute(query).fetchall())
    except sqlite3.Error as error:
        raise BackupError(f"the database is damaged: {error}") from error
