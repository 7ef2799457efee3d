"""Who can create rooms, by the server's settings. Direct messages are not rooms in this sense."""

from django.utils.translation import gettext_lazy

from accounts.server_settings import current
from chat.actions.authorization import may_on_site
from chat.domain.errors import forbidden
from chat.domain.policy import Act
from chat.domain.types import UserId


def may_create_rooms(user_id: UserId) -> bool:
    """Whether somebody can create public and private rooms here."""
    return current().create_rooms == "everyone" or may_on_site(user_id, Act.CREATE_ROOM)


def require_creator(user_id: UserId) -> None:
    """Raise forbidden unless somebody can create rooms here."""
    if not may_create_rooms(user_id):
        raise forbidden(gettext_lazy("Only those who run this server can create rooms. Ask one of them for a new one."))
