"""Erasing a person: first nobody can be them, then nothing says who they were.

Each step can be done again, so a process that was killed is followed by another one, which does all of them again.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.erasing import anonymise, close_account
from accounts.owner import is_only_owner
from bounds.pause import let_others_go_on
from chat.actions.person_data.erased_messages import erase_messages
from chat.actions.person_data.erased_records import erase_records
from chat.actions.rooms.membership import take_out
from chat.archive.erasing import forget_bylines
from chat.domain.erased_message import NAME, erased_author
from chat.domain.errors import forbidden, not_found
from chat.domain.types import UserId
from chat.live.live_state import live_state
from chat.models import Erasure, Membership, Room, Sanction
from chat.sync.projection import record_change

log = logging.getLogger(__name__)

# Whoever began it is at it until then: to do all of it twice at once does no harm, and is of no use.
STOPPED_AFTER = timedelta(minutes=10)


def begin_erasure(user_id: UserId, deletes_messages: bool) -> None:
    """Close the account at once; the rest follows by `continue_erasures`, of whichever process.

    Raises not_found, or forbidden for the only owner of the site. A later choice to delete messages too is followed.
    """
    with transaction.atomic():
        user = get_user_model().objects.select_for_update().filter(pk=user_id).first()
        if user is None:
            raise not_found()
        if is_only_owner(user):
            raise forbidden(gettext_lazy("The site needs an owner. Make someone else an owner first."))
        erasure, _ = Erasure.objects.get_or_create(user=user, defaults={"deletes_messages": deletes_messages})
        erasure.deletes_messages |= deletes_messages
        erasure.began_at, erasure.finished_at = timezone.now(), None
        erasure.save()
    close_account(user)


def finish_stopped_erasures() -> None:
    """Finish what a killed process has left; called about once a minute by a server."""
    continue_erasures(STOPPED_AFTER)


def continue_erasures(begun_ago: timedelta = timedelta()) -> int:
    """Finish whatever was begun so long ago; return how many were. Raises ChatError unavailable where Redis does not answer."""
    stopped = Erasure.objects.filter(finished_at=None, began_at__lte=timezone.now() - begun_ago)
    unfinished = list(stopped.select_related("user").order_by("began_at"))
    for erasure in unfinished:
        _erase(erasure)
    return len(unfinished)


def _erase(erasure: Erasure) -> None:
    user_id = erasure.user_id
    close_account(erasure.user)  # again: the process that began it may have ended before it came to that
    _leave_rooms(user_id)
    erase_records(user_id, erasure.deletes_messages)
    for room_id in Room.objects.every_id():
        erase_messages(room_id, user_id, erasure.deletes_messages)
        let_others_go_on()
    forget_bylines(erased_author(user_id))
    live_state().erasing.forget_limits(user_id, settings.LIMITS)
    anonymise(erasure.user, erased_author(user_id).handle, NAME)
    live_state().erasing.rewrite_log()
    Erasure.objects.filter(pk=user_id).update(finished_at=timezone.now())
    log.info("The account of person %s was erased", user_id)


def _leave_rooms(user_id: UserId) -> None:
    """The next owner follows in each room as if they had left; a sanction has nobody left to hold for."""
    for membership in Membership.objects.filter(user=user_id).order_by("pk"):
        with transaction.atomic():
            take_out(membership)
    for sanction in Sanction.objects.filter(user=user_id):
        with transaction.atomic():
            room_id = sanction.room_id
            sanction.delete()
            if room_id is not None:
                record_change(room_id, user_id)
