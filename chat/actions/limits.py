"""How much one person may do, by the settings."""

from typing import Literal

from django.conf import settings

from chat.entities import UserId
from chat.stores.limits import Limit
from chat.stores.live import live_state

Name = Literal["messages", "changes", "repeats", "joins", "rooms", "reports", "held", "searches"]


def limit(name: Name) -> Limit:
    """Return what the settings say."""
    return Limit(*settings.LIMITS[name])


def spend(user_id: UserId, name: Name) -> None:
    """Count one thing more that somebody does; raises rate_limited when it is too much."""
    live_state().limits.take(user_id, name, limit(name))
