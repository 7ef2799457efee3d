"""From Redis to this process's connections: subscriptions that follow who is here, and what comes in by them."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import gevent
from gevent import Timeout

from chat.domain.errors import unavailable
from chat.domain.types import RoomId, UserId
from chat.live.live_state import LiveState
from chat.live.redis import keys
from chat.live.redis.pubsub import Broker
from chat.realtime.broadcaster import Fanout
from chat.realtime.connection import Connection
from chat.realtime.latency import DeliveryMeter
from chat.realtime.streams.gap_repair import HeadWatch
from chat.realtime.streams.person_events import PersonEvents
from chat.realtime.streams.room_events import RoomEvents
from chat.realtime.streams.room_sequencer import Event

SUBSCRIBE_SECONDS = 5.0
# The epoch of events that have no number: they are worth nothing later, or are repaired from elsewhere.
UNNUMBERED = "-"

Announce = Callable[[Mapping[Connection, Sequence[RoomId]]], None]


class RoomRelay:
    """Subscribed to a room while anybody local is in it, and to a person while they are connected here."""

    def __init__(self, live: LiveState, fanout: Fanout, announce: Announce, still_signed_in: Callable[[str], bool]) -> None:
        self._live = live
        self._fanout = fanout
        self._rooms: dict[str, RoomId] = {}
        self._people: dict[str, UserId] = {}
        self._heard_before: set[str] = set()
        self._broker = Broker(live.client, self._on_message, self._on_subscribed)
        self.meter = DeliveryMeter(live.delivery)
        self._room_events = RoomEvents(fanout, self._expel, self.meter)
        self._person_events = PersonEvents(live, fanout, self.enter, announce, still_signed_in)
        self.heads = HeadWatch(live, fanout, self._room_events, self.meter.note_gap)
        self.run = self._broker.run
        self.stop = self._broker.stop

    def follow(self, connections: Sequence[Connection]) -> None:
        """Take new connections in and hear what concerns their people; returns when nothing more can be missed."""
        for connection in connections:
            self._fanout.add(connection)
            self._people[keys.user_events(connection.author.id)] = connection.author.id
        self._wait({keys.user_events(connection.author.id) for connection in connections})

    def count_of_person(self, user_id: UserId) -> int:
        """Return how many connections somebody has to this process."""
        return self._fanout.count_of_person(user_id)

    def enter(self, rooms: Mapping[Connection, Sequence[RoomId]]) -> None:
        """Put connections into rooms; returns when nothing published from now on can be missed."""
        entering = [(connection, room_id) for connection, room_ids in rooms.items() for room_id in room_ids]
        for connection, room_id in entering:
            self._rooms[keys.events(room_id)] = room_id
            self._fanout.enter(connection, room_id)
            self.heads.watch(room_id)
        self._wait({keys.events(room_id) for _, room_id in entering})
        # Asked after the subscription is confirmed: a removal before that is seen here, a later one is heard.
        places = self._live.rooms.places([(connection.author.id, room_id) for connection, room_id in entering])
        for (connection, room_id), place in zip(entering, places, strict=True):
            self.heads.begin(room_id, place.position)
            if not place.is_member:
                self._take_out(connection, room_id)

    def forget(self, connection: Connection) -> None:
        """Let go of a connection that has ended; raises ChatError when presence cannot be told."""
        room_ids = list(connection.rooms)
        for room_id in room_ids:
            self._take_out(connection, room_id)
        if self._fanout.remove(connection):
            self._unsubscribe(keys.user_events(connection.author.id), self._people)
        self._live.presence.leave(room_ids, connection.author.id, connection.id)

    def _wait(self, channels: Iterable[str]) -> None:
        confirmations = self._broker.subscribe(channels)
        with Timeout(SUBSCRIBE_SECONDS, unavailable()):
            for confirmed in confirmations:
                confirmed.wait()

    def _expel(self, room_id: RoomId, user_id: UserId) -> list[Connection]:
        """Take all of a person's connections out of a room; return them."""
        theirs = [connection for connection in self._fanout.of_person(user_id) if room_id in connection.rooms]
        for connection in theirs:
            self._take_out(connection, room_id)
            # Presence needs Redis, and the relay waits for nobody.
            gevent.spawn(self._live.presence.leave, [room_id], user_id, connection.id)
        return theirs

    def _take_out(self, connection: Connection, room_id: RoomId) -> None:
        if self._fanout.leave(connection, room_id):
            self.heads.forget(room_id)
            self._unsubscribe(keys.events(room_id), self._rooms)

    def _unsubscribe(self, channel: str, index: dict[str, int]) -> None:
        index.pop(channel, None)
        self._heard_before.discard(channel)
        self._broker.unsubscribe(channel)

    def _on_message(self, channel: str, published: bytes) -> None:
        name, epoch, number, payload = published.split(b" ", 3)
        if channel in self._rooms:
            self._take_room_event(self._rooms[channel], Event(name.decode(), epoch.decode(), int(number), payload))
        elif channel in self._people:
            self._person_events.take(self._people[channel], name.decode(), payload)

    def _take_room_event(self, room_id: RoomId, event: Event) -> None:
        if event.epoch == UNNUMBERED:
            self._room_events.take(room_id, event.name, event.payload)
        else:
            self.heads.take(room_id, event)

    def _on_subscribed(self, channel: str) -> None:
        """A second confirmation means that the first subscription was lost, and with it whatever was said meanwhile."""
        if channel not in self._heard_before:
            self._heard_before.add(channel)
        elif channel in self._rooms:
            self.heads.repair(self._rooms[channel])
        elif channel in self._people:
            gevent.spawn(self._person_events.check, self._people[channel])
