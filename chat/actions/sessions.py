"""Ending people's live connections when their session ends, and renaming them."""

from django.db import transaction

from chat.entities import Author, UserId
from chat.events import Control
from chat.models import Membership
from chat.projection import record_change
from chat.stores.live import live_state


def end_session(user_id: UserId, session_hash: str | None) -> None:
    """Close every connection that came in by this session (None: any), on every process; raises unavailable."""
    live_state().rooms.tell_person(user_id, Control.SESSION_ENDED, {"session": session_hash})


def rename_person(author: Author) -> None:
    """Show a person's new name at once: on what they send from now on, and in the lists of everyone who sees them."""
    live_state().rooms.tell_person(author.id, Control.RENAMED, author)
    with transaction.atomic():
        for room_id in Membership.objects.filter(user=author.id).values_list("room_id", flat=True):
            record_change(room_id, author.id)
