"""Making somebody an owner of the site, from the server's own console."""

from django.contrib.auth import get_user_model
from django.db import transaction

from chat.actions.moderation.moderation_log import record_act
from chat.domain.errors import not_found
from chat.domain.types import UserId
from chat.models import ModerationLog


def make_site_owner(user_id: UserId) -> bool:
    """Give a person every permission, as the first owner has; False if they were an owner already. Raises not_found."""
    with transaction.atomic():
        user = get_user_model().objects.select_for_update().filter(pk=user_id, is_active=True).first()
        if user is None:
            raise not_found()
        if user.is_superuser and user.is_staff:
            return False
        user.is_superuser = user.is_staff = True
        user.save(update_fields=["is_superuser", "is_staff"])
        record_act(ModerationLog.Action.ROLE, None, None, user_id, after="site owner")
    return True
