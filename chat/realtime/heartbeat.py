"""Keeps what Redis says of this process true: its connections' deadlines, its lease, and the end of those who died."""

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
from chat.realtime.broadcaster import Fanout
from chat.realtime.connection import Connection

log = logging.getLogger(__name__)

LEASE_SECONDS = 1.0
# A Redis whose clock gains so much on ours between two renewals was set forward.
STEP_SECONDS = 1.5


class Heartbeat:
    """Beats for every connection of this process, in one round trip."""

    def __init__(self, presence: PresenceStore, fanout: Fanout) -> None:
        self._presence = presence
        self._fanout = fanout
        self._day = _today()
        self._sampled = datetime.min.replace(tzinfo=UTC)
        self._clock_ahead: float | None = None
        self._greenlets: list[Greenlet] = []

    def start(self) -> None:
        """Begin with the lease, so that no other server takes our first connections for a dead one's."""
        self._renew()
        self._greenlets = [gevent.spawn(_repeat, BEAT_SECONDS, self._beat), gevent.spawn(_repeat, LEASE_SECONDS, self._renew)]

    def stop(self) -> None:
        """Leave at once, instead of when the lease ends."""
        gevent.killall(self._greenlets)
        self._presence.end_lease()

    def announce(self, rooms: Mapping[Connection, Sequence[RoomId]]) -> None:
        """Say now that connections are in these rooms, or how they are there."""
        self._presence.beat(_by_room(rooms))

    def mark_active(self, user_ids: Collection[UserId]) -> None:
        """Count people among today's."""
        self._presence.mark_active(user_ids, _today())

    def _beat(self) -> None:
        self._close_expired()
        self._presence.beat(_by_room({connection: connection.rooms for connection in self._fanout.all()}))
        if self._day != _today():
            self._day = _today()
            self._presence.mark_active([connection.author.id for connection in self._fanout.all()], self._day)
        self._sample(sample_moment(datetime.now(UTC)))

    def _sample(self, moment: datetime) -> None:
        """Note who is online, for the admin's chart of the day: once for each of its moments, or when the first comes."""
        if self._sampled == moment:
            return
        people = {connection.author.id for connection in self._fanout.all()}
        if people:
            self._presence.sample(people, moment)
            self._sampled = moment

    def _close_expired(self) -> None:
        now = time.time()
        for connection in self._fanout.all():
            if connection.expires_at <= now:
                connection.close()

    def _renew(self) -> None:
        if self._clock_was_set_forward(self._presence.renew_lease()):
            # All deadlines and leases have passed at once. The other servers, too, renew theirs within a second.
            self._beat()
            return
        for server in self._presence.bury_dead_servers():
            log.warning("Server %s is gone; its connections were taken out", server)

    def _clock_was_set_forward(self, redis_time: float) -> bool:
        before, self._clock_ahead = self._clock_ahead, redis_time - time.monotonic()
        return before is not None and self._clock_ahead - before > STEP_SECONDS


def _repeat(seconds: float, work: Callable[[], None]) -> None:
    """Go on for ever: while Redis does not answer, the next turn tries again."""
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
