"""For handlers that use the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections as databases


@contextmanager
def closing_database() -> Iterator[None]:
    """Close this greenlet's database connections afterwards; nothing else would, and each holds a file or a socket."""
    try:
        yield
    finally:
        databases.close_all()
