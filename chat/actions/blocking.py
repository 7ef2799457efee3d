"""People who want to hear nothing of somebody. The blocked person is never told."""

from collections.abc import Collection

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from accounts.models import User
from chat.actions.actor import Person
from chat.actions.notify import tell_people
from chat.actions.rooms.departures import withdraw_questions
from chat.domain.errors import REASONS, bad_request, conflict, forbidden, not_found
from chat.domain.protocol import ServerEvent
from chat.domain.types import UserId
from chat.models import Block, Membership
from chat.models.block import MOST
from chat.sync.projection import record_change

_ONE_DOES_NOT_ACCEPT = gettext_lazy("One of these people does not accept direct messages.")


def block_person(actor: Person, user_id: UserId) -> None:
    """Keep somebody's messages, invitations and mentions away from the actor; raises not_found, bad_request or conflict."""
    if user_id == actor.id:
        raise bad_request(gettext_lazy("You cannot block yourself."))
    with transaction.atomic():
        # Two tabs at once count one after the other.
        get_user_model().objects.select_for_update().get(pk=actor.id)
        if not get_user_model().objects.filter(pk=user_id).exists():
            raise not_found()
        theirs = Block.objects.filter(blocker=actor.id)
        if theirs.filter(blocked=user_id).exists():
            return
        if theirs.count() >= MOST:
            raise conflict(format_lazy(gettext_lazy("Nobody can block more than {most:,} people."), most=MOST))
        Block.objects.create(blocker_id=actor.id, blocked_id=user_id)
        withdraw_questions(actor.id, by=user_id)
        _tell(actor.id, user_id, is_blocked=True)


def unblock_person(actor: Person, user_id: UserId) -> None:
    """Take a block back; nothing happens where there is none."""
    with transaction.atomic():
        deleted, _ = Block.objects.filter(blocker=actor.id, blocked=user_id).delete()
        if deleted:
            _tell(actor.id, user_id, is_blocked=False)


def blocked_people(actor: Person) -> list[User]:
    """Return whom somebody blocks, by name."""
    blocked = Block.objects.filter(blocker=actor.id).values("blocked")
    return list(User.objects.filter(pk__in=blocked).order_by("name", "pk"))


def blocked_by(user_ids: Collection[UserId]) -> dict[UserId, list[UserId]]:
    """Return for each of these people whom they block."""
    return Block.objects.blocked_by(user_ids)


def refuse_the_blocked(actor: Person, others: Collection[UserId]) -> None:
    """Raise forbidden where the actor would open a direct room with somebody who blocks them, or whom they block."""
    is_one = len(others) == 1
    if Block.objects.filter(blocked=actor.id, blocker__in=others).exists():
        raise forbidden(REASONS["NOT_ACCEPTED"] if is_one else _ONE_DOES_NOT_ACCEPT)
    if is_one and Block.objects.filter(blocker=actor.id, blocked__in=others).exists():
        raise forbidden(REASONS["BLOCKED_BY_YOU"])


def _tell(blocker: UserId, blocked: UserId, is_blocked: bool) -> None:
    """Let every room that both are in know, and the blocker's devices."""
    shared = Membership.objects.filter(user=blocked, room__memberships__user=blocker).values_list("room_id", flat=True)
    for room_id in list(shared):
        record_change(room_id, blocked)
    tell_people([blocker], ServerEvent.BLOCKED, {"user": blocked, "blocked": is_blocked})
