"""Closes the database connections of handlers that use SQL."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections as databases


@contextmanager
def closing_database() -> Iterator[None]:
    """Close this greenlet's database connections at the end; nothing else would, and each holds a file or a socket."""
    try:
        yield
    finally:
        databases.close_all()
