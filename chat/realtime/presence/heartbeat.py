"""Renews the deadlines of this process's connections in Redis and its lease, and removes servers that have died."""

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import partial

import gevent
from gevent import Greenlet

from chat.domain.errors import ChatError
from chat.domain.types import RoomId, UserId
from chat.live.presence import BEAT_SECONDS, PresenceEntry, PresenceStore, sample_moment
from chat.live.redis.outage import REDIS
from chat.realtime.connections.connection import Connection
from chat.realtime.connections.local_connections import LocalConnections

log = logging.getLogger(__name__)

LEASE_SECONDS = 1.0
# Connections in rooms that one batch renews: Redis works on it for 2 ms, and a message can wait behind it. All 45,000 of 500
# people in 91 rooms each, in one batch, kept messages waiting for half a second.
ENTRIES_PER_SLICE = 500
# Between batches that cannot wait: sockets are read meanwhile.
YIELD_SECONDS = 0.001
# If Redis's clock gains this much on ours between two renewals, it was set forward.
STEP_SECONDS = 1.5


class Heartbeat:
    """Renews the deadlines of all connections within each beat, in small batches spread over it."""

    def __init__(self, presence: PresenceStore, connections: LocalConnections) -> None:
        self._presence = presence
        self._connections = connections
        self._day = _today()
        self._sampled = datetime.min.replace(tzinfo=UTC)
        self._clock_ahead: float | None = None
        self._greenlets: list[Greenlet] = []

    def start(self) -> None:
        """Renew the lease first, so that no other server takes our first connections for those of a dead one."""
        self._renew()
        self._greenlets = [gevent.spawn(self._beat_forever), gevent.spawn(self._renew_forever)]

    def stop(self) -> None:
        """End the lease now, so that others need not wait until it expires."""
        gevent.killall(self._greenlets)
        self._presence.end_lease()

    def announce(self, rooms: Mapping[Connection, Sequence[RoomId]]) -> None:
        """Publish now that connections are in these rooms, or that their status has changed."""
        self._presence.beat(_by_room(rooms))

    def mark_active(self, user_ids: Collection[UserId]) -> None:
        """Count people among today's."""
        self._presence.mark_active(user_ids, _today())

    def _beat_forever(self) -> None:
        """After a start or an outage all at once, as deadlines are near; from then on spread."""
        is_late = True
        while True:
            is_late = not _attempt(partial(self._beat, 0.0 if is_late else BEAT_SECONDS))
            if is_late:
                gevent.sleep(LEASE_SECONDS)

    def _renew_forever(self) -> None:
        while True:
            _attempt(self._renew)
            gevent.sleep(LEASE_SECONDS)

    def _beat(self, seconds: float) -> None:
        """Renew everything in the course of so many seconds."""
        self._close_expired()
        if self._day != _today():
            self._day = _today()
            self._presence.mark_active([connection.author.id for connection in self._connections.all()], self._day)
        self._sample(sample_moment(datetime.now(UTC)))
        entries = sum(len(connection.rooms) for connection in self._connections.all())
        pause = seconds / max(1, -(-entries // ENTRIES_PER_SLICE))
        if not entries:
            gevent.sleep(pause)
        for part in self._slices():
            self._presence.beat(part)
            gevent.sleep(max(pause, YIELD_SECONDS))

    def _slices(self) -> Iterator[dict[RoomId, list[PresenceEntry]]]:
        """Give all connections in all rooms, each as it is when its batch is sent: one that left meanwhile must not return."""
        part: dict[RoomId, list[PresenceEntry]] = defaultdict(list)
        size = 0
        for room_id in self._connections.rooms():
            for connection in self._connections.in_room(room_id):
                if room_id not in connection.rooms:
                    continue
                part[room_id].append(_entry(connection))
                size += 1
                if size == ENTRIES_PER_SLICE:
                    yield part
                    part, size = defaultdict(list), 0
        if size:
            yield part

    def _sample(self, moment: datetime) -> None:
        """Count the people online for the admin's chart of the day, once for each of its moments."""
        if self._sampled == moment:
            return
        people = {connection.author.id for connection in self._connections.all()}
        if people:
            self._presence.sample(people, moment)
            self._sampled = moment

    def _close_expired(self) -> None:
        now = time.time()
        for connection in self._connections.all():
            if connection.expires_at <= now:
                connection.close()

    def _renew(self) -> None:
        if self._clock_was_set_forward(self._presence.renew_lease()):
            # All deadlines and leases have passed at once. The other servers, too, renew theirs within a second.
            self._beat(0.0)
            return
        for server in self._presence.bury_dead_servers():
            log.warning("Server %s is gone; its connections were removed", server)

    def _clock_was_set_forward(self, redis_time: float) -> bool:
        before, self._clock_ahead = self._clock_ahead, redis_time - time.monotonic()
        return before is not None and self._clock_ahead - before > STEP_SECONDS


def _attempt(work: Callable[[], None]) -> bool:
    """Return whether Redis answered; while it does not, the next turn tries again."""
    name = getattr(work, "func", work).__qualname__
    try:
        work()
    except ChatError as error:
        REDIS.failed(name, error)
        return False
    REDIS.answered(name)
    return True


def _by_room(rooms: Mapping[Connection, Iterable[RoomId]]) -> dict[RoomId, list[PresenceEntry]]:
    entries: dict[RoomId, list[PresenceEntry]] = defaultdict(list)
    for connection, room_ids in rooms.items():
        entry = _entry(connection)
        for room_id in room_ids:
            entries[room_id].append(entry)
    return entries


def _entry(connection: Connection) -> PresenceEntry:
    return PresenceEntry(connection.author.id, connection.id, connection.status)


def _today() -> date:
    return datetime.now(UTC).date()
