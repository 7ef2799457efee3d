"""Changing messages that were sent."""

from collections.abc import Callable

from django.conf import settings

from chat.actions.recovering import recovering
from chat.archive.warming import warm_message
from chat.entities import UserId
from chat.errors import MessageIsArchived, not_found
from chat.events import Delete, Edit, React, Restore
from chat.stores.live import live_state
from chat.texts import clean_emoji, clean_text


def edit_message(user_id: UserId, request: Edit) -> int:
    """Change one's own message; return the room's rev. Raises ChatError, as all here do."""
    text = clean_text(request.text, settings.MESSAGE_MAX_CHARS)
    return _amend(request, lambda: live_state().amendments.edit(request.room, user_id, request.seq, text))


def delete_message(user_id: UserId, request: Delete) -> int:
    """Take a message from every screen; return the room's rev."""
    return _amend(request, lambda: live_state().amendments.delete(request.room, user_id, request.seq))


def restore_message(user_id: UserId, request: Restore) -> int:
    """Bring a deleted message back; return the room's rev."""
    return _amend(request, lambda: live_state().amendments.restore(request.room, user_id, request.seq))


def react_to_message(user_id: UserId, request: React) -> int:
    """Put a reaction on a message or take it off; return the room's rev."""
    emoji = clean_emoji(request.emoji)
    return _amend(request, lambda: live_state().amendments.react(request.room, user_id, request.seq, emoji, request.on))


def _amend(request: Edit | Delete | Restore | React, amend: Callable[[], int]) -> int:
    try:
        return recovering(amend)
    except MessageIsArchived:
        if not warm_message(request.room, request.seq):
            raise not_found() from None
        return recovering(amend)
