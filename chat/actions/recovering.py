"""Doing something to rooms that Redis may have lost: look first, then do it again."""

from collections.abc import Callable
from typing import TypeVar

from django.db import connections as databases

from chat.errors import RoomsInEarlierRun, unavailable
from chat.recovery import recover

T = TypeVar("T")

ATTEMPTS = 3


def recovering(do: Callable[[], T]) -> T:
    """Return what `do` returns, recovering the rooms that it finds in an earlier run of Redis; raises unavailable."""
    for _ in range(ATTEMPTS):
        try:
            return do()
        except RoomsInEarlierRun as earlier:
            try:
                recover(earlier.room_ids)
            finally:
                databases.close_all()
    raise unavailable()
