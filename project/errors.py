"""What stops a start: one line for the person who started us, no traceback."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from project.sqlite.damage import is_damage

EXIT_CODE = 2


class StartError(Exception):
    """Why the server cannot start, said so that the reader knows what to do."""


@contextmanager
def one_line_errors() -> Iterator[None]:
    """End the program with one line and exit code 2 when a setting is wrong or the start cannot go on."""
    try:
        yield
    except (StartError, ImproperlyConfigured) as error:
        line = " ".join(str(error).split())
        print(f"parley: {line}", file=sys.stderr)
        sys.exit(EXIT_CODE)
    except DatabaseError as error:
        if not is_damage(error):
            raise
        sys.exit(EXIT_CODE)  # the log has the line: it was reported where it was met
