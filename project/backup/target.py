"""Where a backup goes: under a temporary name until it is complete and checked, then under its own."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from project.backup.errors import BackupError

SUFFIX = ".tar.gz"
DRAFT_SUFFIX = ".partial"
PRIVATE = 0o600
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}

Opener = Callable[[Path], BinaryIO]


def path_for(to: Path, prefix: str = "parley") -> Path:
    """Return the file to make; in a folder, one named after this moment. Raises BackupError if it cannot be made there."""
    path = to / f"{prefix}-{datetime.now(UTC):%Y%m%d-%H%M%S}{SUFFIX}" if to.is_dir() else to
    _require_possible(path)
    if path.exists():
        raise BackupError(f"{path} is there already; choose another name")
    if not path.parent.is_dir():
        raise BackupError(f"there is no folder {path.parent}")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise BackupError(f"nothing can be written to {path.parent}: it is read-only, or belongs to another user")
    return path


def _require_possible(path: Path) -> None:
    """Refuse what the file system does not take now, not after the copy: Path.exists() hides it since Python 3.14."""
    try:
        os.lstat(_temporary(path))
    except (FileNotFoundError, NotADirectoryError):
        pass
    except OSError as error:
        raise BackupError(f"{path}: {error.strerror}") from error


def open_new(path: Path) -> BinaryIO:
    """Open a file that is not there yet, readable by its owner alone."""
    return open(path, "xb", opener=lambda name, flags: os.open(name, flags, PRIVATE))


@contextmanager
def draft(path: Path) -> Iterator[Path]:
    """Give a temporary name beside the path; what is there at the end gets the path, and is removed if anything fails."""
    temporary = _temporary(path)
    try:
        yield temporary
        if path.exists():
            raise BackupError(f"{path} is there already; choose another name")
        temporary.rename(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise BackupError(_words(path, error)) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _temporary(path: Path) -> Path:
    return path.with_name(f".{path.name}.{token_hex(4)}{DRAFT_SUFFIX}")


def _words(path: Path, error: OSError) -> str:
    if error.errno in NO_ROOM:
        return f"there is not enough room for the backup ({error.filename or path.parent}: {error.strerror})"
    return f"{path} cannot be written: {error.strerror or error}"


def _sync_folder(folder: Path) -> None:
    """The new name must survive a power cut; some network file systems know no such thing."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
