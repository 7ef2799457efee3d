"""Amending messages wherever they are: what has left the live log comes back within reach first."""

from collections.abc import Callable

from chat.actions.recovering import recovering
from chat.archive.warming import warm_messages
from chat.entities import RoomId
from chat.errors import MessageIsArchived, not_found, unavailable

ATTEMPTS = 3


def within_reach(room_id: RoomId, seq: int, amend: Callable[[], int]) -> int:
    """Return what `amend` returns, the room's rev; raises not_found where there is no such message."""
    for _ in range(ATTEMPTS):
        try:
            return recovering(amend)
        except MessageIsArchived:
            # Again, since what was warmed can be trimmed before it is amended.
            if not warm_messages(room_id, [seq]):
                raise not_found() from None
    raise unavailable()
