"""Whether a SQLite file can be served from: checked before anything is started on it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from project.server.errors import StartError
from project.sqlite.damage import DAMAGED

# A file of 1,000,000 messages takes longer to read in full than a start should; what follows is found when it is met.
CHECK_SECONDS = 1.5
LOCK_SECONDS = 20
HEADER = b"SQLite format 3\0"
# A full disk keeps SQLite from reading, too, and nobody must restore a backup for that.
_UNUSABLE = "unusable: "
_QUICK_CHECK = f"""
import sqlite3, sys
try:
    print(*sqlite3.connect(sys.argv[1], timeout=float(sys.argv[2])).execute("PRAGMA quick_check(1)").fetchone())
except sqlite3.Error as error:
    is_damage = getattr(error, "sqlite_errorcode", 0) & 0xFF in {sorted(DAMAGED)}
    print(error if is_damage else "{_UNUSABLE}" + str(error))
"""


def check_sqlite(path: Path, seconds: float = CHECK_SECONDS) -> None:
    """Raises StartError if the path names no SQLite database, cannot be written to, or is found damaged within the time."""
    try:
        if not path.parent.is_dir():
            raise StartError(f"the database {path} cannot be created: there is no folder {path.parent}")
        if path.exists() and not path.is_file():
            raise StartError(f"the database {path} is no file: let DATABASE_URL name one")
        if not path.exists() or path.stat().st_size == 0:
            return
        _check_header(path)
        if not os.access(path, os.W_OK):
            raise StartError(f"the database {path} cannot be written to: it is read-only, or belongs to another user")
        fault = find_fault(path, seconds)
    except OSError as error:
        raise StartError(f"the database {path} cannot be read: {error.strerror}") from error
    if fault.startswith(_UNUSABLE):
        fault = fault.removeprefix(_UNUSABLE)
        raise StartError(f"the database {path} cannot be used ({fault}): {_free_megabytes(path)} MB are free on its disk")
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


def _free_megabytes(path: Path) -> int:
    return shutil.disk_usage(path.parent).free // 1_000_000


def _check_header(path: Path) -> None:
    with path.open("rb") as file:
        if file.read(len(HEADER)) != HEADER:
            raise StartError(f"{path} is not a SQLite database: restore a backup, or move that file away")
