"""For the few verbs that touch the record."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections as databases


@contextmanager
def record() -> Iterator[None]:
    """A greenlet that used a database gives its connection back."""
    try:
        yield
    finally:
        databases.close_all()
