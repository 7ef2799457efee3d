"""How much one person may do, by the settings."""

from functools import cache
from typing import Literal

import gevent
from django.conf import settings

from chat.domain.errors import ChatError
from chat.domain.types import UserId
from chat.live.limits import Limit
from chat.live.live_state import live_state

# In each room, counted by its scripts.
InRoom = Literal["messages", "changes", "repeats"]
# Over all processes, counted in Redis.
Shared = Literal["joins", "invitations", "rooms", "reports", "held", "searches", "acts"]
# In each process before anything else is done; the first two are compared with the other processes from time to time.
Local = Literal["all_messages", "bytes", "all_changes", "reads", "syncs", "signals", "connects"]
Name = InRoom | Shared | Local

_COMPARED = ("all_messages", "bytes")


def limit(name: Name) -> Limit:
    """Return what the settings say."""
    return _limit_of(settings.LIMITS[name])


def spend(user_id: UserId, name: Shared) -> None:
    """Count one thing more that somebody does; raises rate_limited when it is too much."""
    live_state().limits.take(user_id, name, limit(name))


def spend_here(user_id: UserId, name: Local, count: int = 1) -> None:
    """Count what somebody makes this process do, without asking Redis; raises rate_limited when it is too much."""
    live_state().local_limits.take(user_id, name, limit(name), count)


def spend_on_message(user_id: UserId, text: str) -> None:
    """Count a message, over all rooms, before anything is done with it; raises rate_limited."""
    take = live_state().local_limits.take
    take(user_id, "all_messages", limit("all_messages"))
    if (of_bytes := limit("bytes")).most:
        take(user_id, "bytes", of_bytes, len(text.encode(errors="replace")))


def compare(user_id: UserId) -> None:
    """Tell Redis what somebody used here, where it is time to, and hold them up if they used too much elsewhere.

    It leaves with whatever is asked in the same turn of the loop, and nobody waits for it.
    """
    if live_state().local_limits.is_due(user_id, _COMPARED):
        gevent.spawn(_compare, user_id)


def _compare(user_id: UserId) -> None:
    live = live_state()
    counts = live.local_limits.due(user_id, _COMPARED)
    try:
        waits = live.limits.report(user_id, counts)
    except ChatError:  # Redis does not answer: this process's own limit holds meanwhile
        return
    for count, wait_ms in zip(counts, waits, strict=True):
        live.local_limits.hold(user_id, count, wait_ms)


# Every message asks for five limits: made each time, they were a fiftieth of what it costs.
@cache
def _limit_of(setting: tuple[int, int]) -> Limit:
    return Limit(*setting)
