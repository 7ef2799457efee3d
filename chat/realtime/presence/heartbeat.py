"""Renews the deadlines of this process's connections in Redis and its lease, and removes servers that have died."""

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime

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
# If Redis's clock gains this much on ours between two renewals, it was set forward.
STEP_SECONDS = 1.5


class Heartbeat:
    """Renews the deadlines of all connections in one round trip."""

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
        self._greenlets = [gevent.spawn(_repeat, BEAT_SECONDS, self._beat), gevent.spawn(_repeat, LEASE_SECONDS, self._renew)]

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

    def _beat(self) -> None:
        self._close_expired()
        self._presence.beat(_by_room({connection: connection.rooms for connection in self._connections.all()}))
        if self._day != _today():
            self._day = _today()
            self._presence.mark_active([connection.author.id for connection in self._connections.all()], self._day)
        self._sample(sample_moment(datetime.now(UTC)))

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
            self._beat()
            return
        for server in self._presence.bury_dead_servers():
            log.warning("Server %s is gone; its connections were removed", server)

    def _clock_was_set_forward(self, redis_time: float) -> bool:
        before, self._clock_ahead = self._clock_ahead, redis_time - time.monotonic()
        return before is not None and self._clock_ahead - before > STEP_SECONDS


def _repeat(seconds: float, work: Callable[[], None]) -> None:
    """Repeat forever; while Redis does not answer, the next turn tries again."""
    while True:
        try:
            work()
        except ChatError as error:
            REDIS.failed(work.__qualname__, error)
        else:
            REDIS.answered(work.__qualname__)
        gevent.sleep(seconds)


def _by_room(rooms: Mapping[Connection, Iterable[RoomId]]) -> dict[RoomId, list[PresenceEntry]]:
    entries: dict[RoomId, list[PresenceEntry]] = defaultdict(list)
    for connection, room_ids in rooms.items():
        entry = PresenceEntry(connection.author.id, connection.id, connection.status)
        for room_id in room_ids:
            entries[room_id].append(entry)
    return entries


def _today() -> date:
    return datetime.now(UTC).date()
