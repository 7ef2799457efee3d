"""Repeats calls of the live state that failed because it lacked something that the record holds."""

from collections.abc import Callable
from typing import TypeVar

from django.db import connections as databases

from chat.archive.warming import warm_messages
from chat.domain.errors import MessageIsArchived, RoomsInEarlierRun, not_found, unavailable
from chat.domain.types import RoomId
from chat.sync.recovery import recover

T = TypeVar("T")

ATTEMPTS = 3


def retry_after_recovery(call: Callable[[], T]) -> T:
    """Return what `call` returns; recover the rooms that it finds in an earlier run of Redis. Raises unavailable."""
    for _ in range(ATTEMPTS):
        try:
            return call()
        except RoomsInEarlierRun as earlier:
            try:
                recover(earlier.room_ids)
            finally:
                databases.close_all()
    raise unavailable()


def retry_after_warming(room_id: RoomId, seq: int, amend: Callable[[], int]) -> int:
    """Return what `amend` returns, the room's rev; load the message from the archive first if the live log lost it.

    Raises not_found if there is no such message.
    """
    for _ in range(ATTEMPTS):
        try:
            return retry_after_recovery(amend)
        except MessageIsArchived:
            # Repeated, since a message that was loaded can be trimmed before it is amended.
            if not warm_messages(room_id, [seq]):
                raise not_found() from None
    raise unavailable()
