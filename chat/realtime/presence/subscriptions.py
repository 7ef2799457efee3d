"""Subscriptions to Redis's channels that follow the connections of this process."""

from collections.abc import Iterable, Mapping, Sequence

import gevent
from gevent import Timeout

from chat.domain.errors import unavailable
from chat.domain.types import RoomId, UserId
from chat.live.live_state import LiveState
from chat.live.redis import keys
from chat.live.redis.pubsub import Broker
from chat.realtime.connections.connection import Connection
from chat.realtime.connections.local_connections import LocalConnections
from chat.realtime.streams.room_streams import RoomStreams

SUBSCRIBE_SECONDS = 5.0


class Subscriptions:
    """Subscribed to a room while a local connection is in it, and to a person while they have a local connection."""

    def __init__(self, broker: Broker, live: LiveState, connections: LocalConnections, streams: RoomStreams) -> None:
        self._broker = broker
        self._live = live
        self._connections = connections
        self._streams = streams
        self._rooms: dict[str, RoomId] = {}
        self._people: dict[str, UserId] = {}
        self._confirmed_before: set[str] = set()

    def follow(self, connections: Sequence[Connection]) -> None:
        """Add new connections and subscribe to their people; returns when nothing more can be missed."""
        for connection in connections:
            self._connections.add(connection)
            self._people[keys.user_events(connection.author.id)] = connection.author.id
        self._wait({keys.user_events(connection.author.id) for connection in connections})

    def unfollow(self, connection: Connection) -> None:
        """Remove a connection that has ended; raises ChatError if Redis does not take it from the lists of who is here."""
        room_ids = list(connection.rooms)
        for room_id in room_ids:
            self._take_out(connection, room_id)
        if self._connections.remove(connection):
            self._unsubscribe(keys.user_events(connection.author.id), self._people)
        self._live.presence.leave(room_ids, connection.author.id, connection.id)

    def enter(self, rooms: Mapping[Connection, Sequence[RoomId]]) -> None:
        """Put connections into rooms; returns when nothing published from now on can be missed."""
        entering = [(connection, room_id) for connection, room_ids in rooms.items() for room_id in room_ids]
        for connection, room_id in entering:
            self._rooms[keys.events(room_id)] = room_id
            self._connections.enter(connection, room_id)
            self._streams.open(room_id)
        self._wait({keys.events(room_id) for _, room_id in entering})
        # Asked after the subscription is confirmed: a removal before that is seen here, a later one is received.
        places = self._live.rooms.places([(connection.author.id, room_id) for connection, room_id in entering])
        for (connection, room_id), place in zip(entering, places, strict=True):
            self._streams.begin(room_id, place.position)
            if not place.is_member:
                self._take_out(connection, room_id)

    def expel(self, room_id: RoomId, user_id: UserId) -> list[Connection]:
        """Take all of a person's connections out of a room, without waiting for Redis; return them."""
        theirs = [connection for connection in self._connections.of_person(user_id) if room_id in connection.rooms]
        for connection in theirs:
            self._take_out(connection, room_id)
            # Spawned, because the events of all rooms wait for the caller.
            gevent.spawn(self._live.presence.leave, [room_id], user_id, connection.id)
        return theirs

    def room_of(self, channel: str) -> RoomId | None:
        """Return the room whose events this channel carries."""
        return self._rooms.get(channel)

    def person_of(self, channel: str) -> UserId | None:
        """Return the person whose events this channel carries."""
        return self._people.get(channel)

    def confirm(self, channel: str) -> bool:
        """Note that Redis has confirmed a subscription; False if it had before: then the first one was lost for a while."""
        is_first = channel not in self._confirmed_before
        self._confirmed_before.add(channel)
        return is_first

    def _wait(self, channels: Iterable[str]) -> None:
        confirmations = self._broker.subscribe(channels)
        with Timeout(SUBSCRIBE_SECONDS, unavailable()):
            for confirmed in confirmations:
                confirmed.wait()

    def _take_out(self, connection: Connection, room_id: RoomId) -> None:
        if self._connections.leave(connection, room_id):
            self._streams.close(room_id)
            self._unsubscribe(keys.events(room_id), self._rooms)

    def _unsubscribe(self, channel: str, index: dict[str, int]) -> None:
        index.pop(channel, None)
        self._confirmed_before.discard(channel)
        self._broker.unsubscribe(channel)
