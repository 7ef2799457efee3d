"""Changing messages that were sent."""

from collections.abc import Callable
from functools import partial

from django.conf import settings

from chat.actions.message_moderation import Action, moderate_found
from chat.actions.person import Person
from chat.actions.within_reach import within_reach
from chat.entities import RoomId, UserId
from chat.errors import WrittenByAnother
from chat.events import Delete, Edit, React, Restore
from chat.mentions import named_in
from chat.stores.live import live_state
from chat.texts import clean_emoji, clean_text


def edit_message(user_id: UserId, request: Edit) -> int:
    """Change one's own message; return the room's rev. Raises ChatError, as all here do."""
    text = clean_text(request.text, settings.MESSAGE_MAX_CHARS)
    edit, named = partial(live_state().amendments.edit, epoch=request.epoch), named_in(text)
    return within_reach(request.room, request.seq, lambda: edit(request.room, user_id, request.seq, text, named))


def delete_message(actor: Person, request: Delete) -> int:
    """Take a message from every screen, one's own or as moderator; return the room's rev."""
    return _own_or_moderated(actor, request, "delete", partial(live_state().amendments.delete, epoch=request.epoch))


def restore_message(actor: Person, request: Restore) -> int:
    """Bring a deleted message back, one's own or as moderator; return the room's rev."""
    return _own_or_moderated(actor, request, "restore", partial(live_state().amendments.restore, epoch=request.epoch))


def react_to_message(user_id: UserId, request: React) -> int:
    """Put a reaction on a message or take it off; return the room's rev."""
    emoji = clean_emoji(request.emoji)
    react = partial(live_state().amendments.react, epoch=request.epoch)
    return within_reach(request.room, request.seq, lambda: react(request.room, user_id, request.seq, emoji, request.on))


def _own_or_moderated(
    actor: Person, request: Delete | Restore, action: Action, amend: Callable[[RoomId, UserId, int], int]
) -> int:
    try:
        return within_reach(request.room, request.seq, lambda: amend(request.room, actor.id, request.seq))
    except WrittenByAnother as found:
        return moderate_found(actor, action, request.room, request.seq, found, request.reason)
