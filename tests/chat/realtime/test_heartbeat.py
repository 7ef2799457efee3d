"""What a process says of its people again and again."""

import time
from datetime import UTC, datetime
from typing import Any, NamedTuple

import gevent
import pytest

from chat.entities import Author
from chat.realtime.connection import Connection
from chat.realtime.fanout import Fanout
from chat.realtime.heartbeat import Heartbeat
from chat.stores.presence import SAMPLE_EVERY, sample_moment


class Tab(NamedTuple):
    """As much of a transport's session as has a name."""

    id: str


@pytest.fixture
def fanout() -> Fanout:
    """Alice with two tabs, and bob."""
    fanout = Fanout()
    for number, user in enumerate((1, 1, 2)):
        tab: Any = Tab(f"tab-{number}")
        fanout.add(Connection(tab, Author(user, "", ""), "", time.time() + 60, ""))
    return fanout


def test_who_is_online_is_noted_for_the_chart_of_the_day(live, fanout):
    heartbeat = Heartbeat(live.presence, fanout)
    before = sample_moment(datetime.now(UTC))
    heartbeat.start()
    gevent.sleep(0.01)
    heartbeat.stop()
    # The test may stand on the border of two moments.
    assert max(live.activity.online_at([before, before + SAMPLE_EVERY])) == 2
