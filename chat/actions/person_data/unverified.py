"""Sign-ups whose email was never verified: they would hold their handle and the email of somebody else for ever."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from accounts.models import ReservedHandle
from bounds.pause import let_others_go_on
from chat.actions.rooms.membership import take_out
from chat.models import Membership

VERIFIED_WITHIN = timedelta(days=3)
# Deleted in one turn, some 10 ms each; the rest follows in the next one.
MOST = 500


def drop_unverified() -> int:
    """Delete accounts that nobody ever came into, and free the handles that were reserved for long; return how many."""
    ReservedHandle.objects.drop_expired()
    if not settings.SENDS_MAIL:
        return 0
    never_in = get_user_model().objects.filter(
        last_login=None, is_staff=False, is_superuser=False, is_active=True, date_joined__lt=timezone.now() - VERIFIED_WITHIN
    )
    unverified = never_in.filter(emailaddress__verified=False).exclude(emailaddress__verified=True)
    user_ids = list(unverified.values_list("pk", flat=True)[:MOST])
    for user_id in user_ids:
        _delete(user_id)
        let_others_go_on()
    return len(user_ids)


def _delete(user_id: int) -> None:
    with transaction.atomic():
        # Asked again, and locked: the person may be coming in at this moment.
        user = get_user_model().objects.select_for_update().filter(pk=user_id, last_login=None).first()
        if user is not None:
            for membership in Membership.objects.filter(user=user):
                take_out(membership)
            user.delete()
