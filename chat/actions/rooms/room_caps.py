"""How many rooms a person can be in, and how many can be theirs: each costs them, and everybody, as long as it is there."""

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from accounts.server_settings import known
from chat.domain.errors import conflict
from chat.domain.types import UserId
from chat.models import Membership


def require_space(*user_ids: UserId) -> None:
    """Raise conflict where one of these people is in as many rooms as can be."""
    most = settings.CAPS["joined_rooms"]
    if most and any(Membership.objects.filter(user=user_id).count() >= most for user_id in user_ids):
        raise conflict(format_lazy(gettext_lazy("Nobody can be in more than {most:,} rooms."), most=most))


def require_space_for_own(user_id: UserId) -> None:
    """Raise conflict where somebody owns as many rooms as can be; those who are given a room are not refused it."""
    most = known("most_own_rooms")
    if most and Membership.objects.filter(user=user_id, role=Membership.Role.OWNER).count() >= most:
        raise conflict(format_lazy(gettext_lazy("You own {most:,} rooms already. Transfer one first."), most=most))
    require_space(user_id)
