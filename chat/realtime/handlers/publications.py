"""Reads what Redis publishes to this process, and handles it in the order in which it was published."""

import gevent

from chat.live.redis.pubsub import Broker
from chat.realtime.handlers.person_events import PersonEvents
from chat.realtime.handlers.room_events import RoomEvents
from chat.realtime.presence.subscriptions import Subscriptions
from chat.realtime.streams.room_sequencer import NumberedEvent
from chat.realtime.streams.room_streams import RoomStreams

# The epoch of events that have no number: a loss of them does not matter, or is repaired from elsewhere.
UNNUMBERED = b"-"


class Publications:
    """Gives numbered events of rooms to their streams, everything else to the room's or the person's handler."""

    def __init__(
        self,
        broker: Broker,
        subscriptions: Subscriptions,
        streams: RoomStreams,
        room_events: RoomEvents,
        person_events: PersonEvents,
    ) -> None:
        self._broker = broker
        self._subscriptions = subscriptions
        self._streams = streams
        self._room_events = room_events
        self._person_events = person_events

    def run(self) -> None:
        """Read until the broker is stopped."""
        for channel, published in self._broker.receive():
            if published is None:
                self._on_subscribed(channel)
            else:
                self._handle(channel, published)

    def _handle(self, channel: str, published: bytes) -> None:
        name, epoch, number, payload = published.split(b" ", 3)
        room_id = self._subscriptions.room_of(channel)
        if room_id is None:
            user_id = self._subscriptions.person_of(channel)
            if user_id is not None:
                self._person_events.handle(user_id, name.decode(), payload)
        elif epoch == UNNUMBERED:
            self._room_events.handle(room_id, name.decode(), payload)
        else:
            self._streams.take(room_id, NumberedEvent(name.decode(), epoch.decode(), int(number), payload))

    def _on_subscribed(self, channel: str) -> None:
        """Repair after a second confirmation: the first subscription was lost, with all that was published meanwhile."""
        if self._subscriptions.confirm(channel):
            return
        room_id, user_id = self._subscriptions.room_of(channel), self._subscriptions.person_of(channel)
        if room_id is not None:
            self._streams.request_repair(room_id)
        elif user_id is not None:
            gevent.spawn(self._person_events.check_sessions, user_id)
