"""Whether a SQLite file can be served from: checked before anything is started on it."""

import os
import subprocess
import sys
from pathlib import Path

from project.server.errors import StartError

# A file of 1,000,000 messages takes longer to read in full than a start should; what follows is found when it is met.
CHECK_SECONDS = 1.5
LOCK_SECONDS = 20
HEADER = b"SQLite format 3\0"
_QUICK_CHECK = """
import sqlite3, sys
try:
    print(*sqlite3.connect(sys.argv[1], timeout=float(sys.argv[2])).execute("PRAGMA quick_check(1)").fetchone())
except sqlite3.Error as error:
    print(error)
"""


def check_sqlite(path: Path, seconds: float = CHECK_SECONDS) -> None:
    """Raises StartError if the file is no SQLite database, cannot be written to, or is found damaged within the time."""
    try:
        if not path.exists() or path.stat().st_size == 0:
            return
        _check_header(path)
        if not os.access(path, os.W_OK):
            raise StartError(f"the database {path} cannot be written to: it is read-only, or belongs to another user")
        fault = find_fault(path, seconds)
    except OSError as error:
        raise StartError(f"the database {path} cannot be read: {error.strerror}") from error
    if fault:
        raise StartError(f"the database {path} is damaged ({fault}): restore a backup with manage.py restore FROM --replace")


def find_fault(path: Path, seconds: float) -> str:
    """Return the first fault that SQLite's quick check finds within the time, or nothing.

    In a process of its own, which can be stopped: before 3.41 SQLite looks neither at its progress handler nor at an interrupt
    while it checks, and Debian 12 has 3.40.
    """
    command = [sys.executable, "-I", "-S", "-c", _QUICK_CHECK, str(path), str(LOCK_SECONDS)]
    try:
        found = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False).stdout.strip()
    except subprocess.TimeoutExpired:
        return ""
    return "" if found == "ok" else " ".join(found.split()) or "SQLite's check of it ended early"


def _check_header(path: Path) -> None:
    with path.open("rb") as file:
        if file.read(len(HEADER)) != HEADER:
            raise StartError(f"{path} is not a SQLite database: restore a backup, or move that file away")
