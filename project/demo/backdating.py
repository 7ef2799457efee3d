"""Makes the demo's messages as old as they are written to be: the product itself sends nothing in the past."""

import re
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from chat.live.live_state import live_state
from chat.live.redis import keys
from chat.models import Membership

_SENT_AT = re.compile(rb'"sent_at":\d+')


def backdate_messages(room_id: int, minutes_ago: Sequence[float]) -> None:
    """Say of the messages that a room has, in their order, that they were sent so long ago."""
    client: Any = live_state().client
    now = time.time()
    for index, minutes in enumerate(minutes_ago):
        message: bytes = client.lindex(keys.log(room_id), index)
        sent_at = b'"sent_at":%d' % round(1000 * (now - 60 * minutes))
        client.lset(keys.log(room_id), index, _SENT_AT.sub(sent_at, message, count=1))


def backdate_people(days: int) -> None:
    """Say of everyone that they came so long ago."""
    came = timezone.now() - timedelta(days=days)
    User.objects.update(date_joined=came)
    Membership.objects.update(joined_at=came)
