"""The line between what a backup must hold and what it may: every message acknowledged before it began is at or below it.

The archive is about a second behind Redis. Once it has passed the fence, a copy of the database alone holds all of that.
"""

import time
from collections.abc import Mapping

from django.db import connection

from chat.domain.types import Position, RoomId
from chat.live.live_state import live_state
from chat.models import Room

LONGEST_WAIT_SECONDS = 60.0
PAUSE_SECONDS = 0.1

Heads = Mapping[RoomId, Position]


def take() -> Heads:
    """Return where every live room stands now. Raises ChatError unavailable."""
    return live_state().archiving.heads(Room.objects.every_id())


def unarchived(fence: Heads) -> int:
    """Return how many messages and changes below the fence the archive does not have yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT room_id, seq, rev FROM chat_archivestate")
        archived = {room_id: (seq, rev) for room_id, seq, rev in cursor.fetchall()}
    behind = 0
    for room_id, head in fence.items():
        seq, rev = archived.get(room_id, (0, 0))
        behind += max(0, head.seq - seq) + max(0, head.rev - rev)
    return behind


def wait(fence: Heads, seconds: float = LONGEST_WAIT_SECONDS) -> int:
    """Wait until the archive has passed the fence; return what it still lacks if it does not in time."""
    deadline = time.monotonic() + seconds
    while (behind := unarchived(fence)) and time.monotonic() < deadline:
        time.sleep(PAUSE_SECONDS)
    return behind
