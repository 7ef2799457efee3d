"""What a process says of its people again and again."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

import gevent
import pytest

from chat.domain.errors import unavailable
from chat.domain.types import Author, PersonHere
from chat.live.live_state import LiveState
from chat.live.presence import BEAT_SECONDS, SAMPLE_EVERY, PresenceEntry, sample_moment
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


class Recorder:
    """A presence store that notes each batch, and does what the test wants in the first one."""

    def __init__(self, then: Callable[[], object] = lambda: None) -> None:
        self.batches: list[set[tuple[int, str]]] = []
        self._then = then

    def beat(self, rooms: dict[int, list[PresenceEntry]]) -> None:
        self.batches.append({(room, entry.connection) for room, entries in rooms.items() for entry in entries})
        self._then()

    def sample(self, *_: object) -> None:
        """Of no interest here."""


ROOMS = 1_000


@pytest.fixture
def many_rooms(connections: LocalConnections) -> LocalConnections:
    for connection in connections.all():
        for room in range(1, ROOMS + 1):
            connections.enter(connection, room)
    return connections


def test_a_beat_is_many_small_batches_that_bring_each_connection_once(many_rooms, monkeypatch):
    """What one batch costs, and so how long a message waits behind it, does not grow with connections and rooms."""
    pauses: list[float] = []
    monkeypatch.setattr(gevent, "sleep", pauses.append)
    recorder: Any = Recorder()
    Heartbeat(recorder, many_rooms)._beat(5.0)
    assert max(map(len, recorder.batches)) == module.ENTRIES_PER_SLICE
    assert sum(map(len, recorder.batches)) == len(set().union(*recorder.batches)) == 3 * ROOMS
    assert sum(pauses) == pytest.approx(5.0)


def test_a_connection_that_ends_during_a_beat_is_not_in_its_later_batches(many_rooms, monkeypatch):
    monkeypatch.setattr(gevent, "sleep", lambda seconds: None)
    gone = many_rooms.all()[0]

    def leave() -> None:
        for room in list(gone.rooms):
            many_rooms.leave(gone, room)
        many_rooms.remove(gone)

    monkeypatch.setattr(type(gone), "is_open", False)
    recorder: Any = Recorder(leave)
    Heartbeat(recorder, many_rooms)._beat(5.0)
    assert any(connection == gone.id for _, connection in recorder.batches[0])
    assert not any(connection == gone.id for batch in recorder.batches[1:] for _, connection in batch)


def test_after_an_outage_everything_is_renewed_at_once(many_rooms, monkeypatch):
    """Deadlines are near, or over: a beat that is spread would come too late for the last ones."""
    spreads: list[float] = []
    outcomes = iter([None, None, unavailable(), None, None])

    def beat(self: Heartbeat, seconds: float) -> None:
        spreads.append(seconds)
        outcome = next(outcomes, gevent.GreenletExit())
        if outcome is not None:
            raise outcome

    monkeypatch.setattr(module, "LEASE_SECONDS", 0.0)
    monkeypatch.setattr(Heartbeat, "_beat", beat)
    recorder: Any = Recorder()
    with pytest.raises(gevent.GreenletExit):
        Heartbeat(recorder, many_rooms)._beat_forever()
    assert spreads == [0.0, BEAT_SECONDS, BEAT_SECONDS, 0.0, BEAT_SECONDS, BEAT_SECONDS]


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

    # Now nobody is here, until the next renewal: without one it stays so. (Not looked at: the renewal may be quicker.)
    redis.set_clock(86_400)
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
