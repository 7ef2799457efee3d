"""Archived messages that somebody changes: back within reach of the live state."""

from collections.abc import Collection

import msgspec
from django.db import connections as databases

from chat.domain.types import RoomId
from chat.live.live_state import live_state
from chat.live.messages.amendments import Archived
from chat.models import Message


def warm_messages(room_id: RoomId, seqs: Collection[int]) -> set[int]:
    """Bring messages that have left the live log within reach of the scripts that amend; return which of them there are."""
    try:
        messages = list(Message.objects.with_bylines().filter(room_id=room_id, seq__in=seqs))
    finally:
        databases.close_all()
    live_state().amendments.warm(room_id, [_archived(message) for message in messages])
    return {message.seq for message in messages}


def reaction_fields(reactions: str) -> dict[str, int]:
    """Return archived reactions as the live state keeps them; of their times only the order is known."""
    by_emoji: dict[str, list[int]] = msgspec.json.decode(reactions) if reactions else {}
    return {f"{emoji}|{user_id}": place for emoji, users in by_emoji.items() for place, user_id in enumerate(users, 1)}


def _archived(message: Message) -> Archived:
    reactions = reaction_fields(message.reactions)
    return Archived(message.seq, message.payload.encode(), message.amendment.encode(), reactions)
