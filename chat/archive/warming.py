"""Archived messages that somebody changes: back within reach of the live state."""

import msgspec
from django.db import connections as databases

from chat.entities import RoomId
from chat.models import Message
from chat.stores.live import live_state


def warm_message(room_id: RoomId, seq: int) -> bool:
    """Bring a message that has left the live log within reach of the verbs; False if there is none."""
    try:
        message = Message.objects.filter(room_id=room_id, seq=seq).first()
    finally:
        databases.close_all()
    if message is None:
        return False
    reactions = reaction_fields(message.reactions)
    live_state().amendments.warm(room_id, seq, message.payload.encode(), message.amendment.encode(), reactions)
    return True


def reaction_fields(reactions: str) -> dict[str, int]:
    """Return archived reactions as the live state keeps them; of their times only the order is known."""
    by_emoji: dict[str, list[int]] = msgspec.json.decode(reactions) if reactions else {}
    return {f"{emoji}|{user_id}": place for emoji, users in by_emoji.items() for place, user_id in enumerate(users, 1)}
