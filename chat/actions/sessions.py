"""Sessions as they concern the live rooms: whose end closes connections, and who is renamed."""

from django.db import transaction

from accounts.sessions.authentication import authenticate
from chat.actions.moderation.sanctions import site_bans
from chat.domain.protocol import Control
from chat.domain.types import Author, UserId
from chat.live.live_state import live_state
from chat.models import Membership
from chat.sync.projection import record_change


def end_session(user_id: UserId, session_hash: str | None) -> None:
    """Close every connection that came in by this session (None: any), on every process; raises unavailable."""
    live_state().rooms.tell_person(user_id, Control.SESSION_ENDED, {"session": session_hash})


def may_stay(cookie: str) -> bool:
    """Return whether whoever came in by this cookie may go on: their session is good, and they are not banned from the site."""
    known = authenticate(cookie)
    return known is not None and not site_bans([known.user.pk])


def rename_person(author: Author) -> None:
    """Show a person's new name at once: on what they send from now on, and in the lists of everyone who sees them."""
    # The record first: it is what repairs the lists if Redis does not answer now.
    with transaction.atomic():
        for room_id in Membership.objects.filter(user=author.id).values_list("room_id", flat=True):
            record_change(room_id, author.id)
    live_state().rooms.tell_person(author.id, Control.RENAMED, author)
