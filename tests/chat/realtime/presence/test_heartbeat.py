"""What a process says of its people again and again."""

import time
from datetime import UTC, datetime
from typing import Any, NamedTuple

import gevent
import pytest

from chat.domain.types import Author, PersonHere
from chat.live.live_state import LiveState
from chat.live.presence import SAMPLE_EVERY, sample_moment
from chat.live.redis.client import connect
from chat.realtime.connections.connection import Connection
from chat.realtime.connections.local_connections import LocalConnections
from chat.realtime.presence import heartbeat as module
from chat.realtime.presence.heartbeat import Heartbeat
from tests.support.stepped_redis import SteppedRedis


class Tab(NamedTuple):
    """As much of a transport's session as has a name."""

    id: str


@pytest.fixture
def connections() -> LocalConnections:
    """Alice with two tabs, and bob."""
    connections = LocalConnections()
    for number, user in enumerate((1, 1, 2)):
        tab: Any = Tab(f"tab-{number}")
        connections.add(Connection(tab, Author(user, "", ""), "", time.time() + 60, ""))
    return connections


def test_who_is_online_is_noted_for_the_chart_of_the_day(live, connections):
    heartbeat = Heartbeat(live.presence, connections)
    before = sample_moment(datetime.now(UTC))
    heartbeat.start()
    gevent.sleep(0.01)
    heartbeat.stop()
    # The test may stand on the border of two moments.
    assert max(live.activity.online_at([before, before + SAMPLE_EVERY])) == 2


def test_who_is_here_is_here_again_at_once_when_redis_clock_is_set_forward(connections, tmp_path, monkeypatch):
    """Every deadline passes at once; the next usual beat is far away."""
    monkeypatch.setattr(module, "BEAT_SECONDS", 600)
    redis = SteppedRedis(tmp_path)
    redis.start()
    live = LiveState(connect(redis.url))
    for connection in connections.all():
        connections.enter(connection, 7)
    everybody = [PersonHere(1, "active"), PersonHere(2, "active")]
    heartbeat = Heartbeat(live.presence, connections)
    heartbeat.start()
    _await(lambda: _who(live) == everybody)

    redis.set_clock(86_400)
    assert _who(live) == []
    _await(lambda: _who(live) == everybody)

    heartbeat.stop()
    live.client.close()
    redis.stop()


def _who(live: LiveState) -> list[PersonHere]:
    return sorted(live.presence.who([7])[0], key=lambda person: person.user)


def _await(happened: Any) -> None:
    with gevent.Timeout(30):
        while not happened():
            gevent.sleep(0.05)
