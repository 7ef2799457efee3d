"""Archived messages as they stand this moment: what was deleted or restored within the last second is known to Redis alone."""

from collections import defaultdict
from collections.abc import Iterable

from chat.domain.errors import ChatError
from chat.domain.message_state import parse_state
from chat.domain.types import RoomId
from chat.live.live_state import live_state
from chat.models import Message


def as_they_stand(messages: Iterable[Message]) -> list[Message]:
    """Return the same messages, deleted or not as in the live rooms and by the same person; as archived without Redis."""
    found = list(messages)
    by_room: dict[RoomId, list[Message]] = defaultdict(list)
    for message in found:
        by_room[message.room_id].append(message)
    for room_id, theirs in by_room.items():
        try:
            changes = live_state().archiving.changes(room_id, [message.seq for message in theirs])
        except ChatError:
            break
        for message in theirs:
            stored = changes.get(message.seq, b"")
            state = parse_state(stored)
            if state is not None:
                message.deleted, message.amendment = state.deleted_by is not None, stored.decode()
    return found
