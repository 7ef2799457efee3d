"""What stops a start: one line for the person who started us, no traceback."""

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, OperationalError

from project.sqlite.damage import is_damage

EXIT_CODE = 2
# A full or read-only disk, a file of another user: the path says more than a traceback.
DISK_ERRORS = (
    *(errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EIO),
    *(errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ELOOP, errno.ENAMETOOLONG),
)
# SQLite says this in the same class as a full disk; it would be an error of ours.
OUR_MISTAKES = ("no such ", "near ")


class StartCancelled(Exception):
    """The server was told to stop before it had started."""


class StartError(Exception):
    """Why the server cannot start, said so that the reader knows what to do."""


@contextmanager
def one_line_errors() -> Iterator[None]:
    """End the program with one line and exit code 2 when a setting is wrong or the start cannot go on."""
    try:
        yield
    except (StartError, ImproperlyConfigured) as error:
        _stop(error)
    except StartCancelled:
        sys.exit(0)
    except OSError as error:
        if error.errno not in DISK_ERRORS or not error.filename:
            raise
        _stop(f"{error.filename}: {error.strerror}")
    except DatabaseError as error:
        if is_damage(error):
            sys.exit(EXIT_CODE)  # the log has the line: it was reported where it was met
        if not isinstance(error, OperationalError) or str(error).startswith(OUR_MISTAKES):
            raise
        _stop(f"the database cannot be used: {error}")


def _stop(reason: object) -> NoReturn:
    line = " ".join(str(reason).split())
    print(f"parley: {line}", file=sys.stderr)
    sys.exit(EXIT_CODE)
