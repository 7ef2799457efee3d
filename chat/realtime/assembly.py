"""Assembles the live path of one process. Each part is given only what stands below it."""

from collections.abc import Collection

from gevent import Greenlet, spawn

from accounts.sessions.authentication import session_key_in
from accounts.sessions.devices import note_open_sessions
from chat.live.live_state import LiveState
from chat.live.redis.pubsub import Broker
from chat.realtime.admission.admission import Admission
from chat.realtime.connections.local_connections import LocalConnections
from chat.realtime.gateway import ChatGateway
from chat.realtime.handlers.gap_repair import GapRepair
from chat.realtime.handlers.person_events import PersonEvents
from chat.realtime.handlers.publications import Publications
from chat.realtime.handlers.requests import RequestHandlers
from chat.realtime.handlers.room_events import RoomEvents
from chat.realtime.presence.heartbeat import Heartbeat
from chat.realtime.presence.subscriptions import Subscriptions
from chat.realtime.streams.latency import DeliveryMeter
from chat.realtime.streams.room_streams import RoomStreams


class LivePath:
    """The gateway for Socket.IO, and what reads from Redis behind it."""

    def __init__(self, live: LiveState, origins: Collection[str]) -> None:
        self.connections = LocalConnections()
        self.meter = DeliveryMeter(live.delivery)
        streams = RoomStreams(self.connections, self.meter)
        self._broker = Broker(live.client)
        subscriptions = Subscriptions(self._broker, live, self.connections, streams)
        self.heartbeat = Heartbeat(live.presence, self.connections)
        room_events = RoomEvents(self.connections, subscriptions)
        person_events = PersonEvents(live, self.connections, subscriptions, self.heartbeat)
        self._publications = Publications(self._broker, subscriptions, streams, room_events, person_events)
        self._gap_repair = GapRepair(live, self.connections, streams, room_events)
        admission = Admission(origins, self.connections, subscriptions, self.heartbeat)
        requests = RequestHandlers(subscriptions, self.heartbeat)
        self.gateway = ChatGateway(self.connections, subscriptions, admission, requests)

    def note_open_sessions(self) -> None:
        """Let people see in their list of sessions that an open chat is in use, though it asks for no page."""
        note_open_sessions([session_key_in(connection.cookie) for connection in self.connections.all()])

    def start(self) -> list[Greenlet]:
        """Begin to read from Redis; the caller kills these greenlets after `stop`."""
        return [spawn(self._publications.run), spawn(self._gap_repair.run_repairs), spawn(self._gap_repair.run_checks)]

    def stop(self) -> None:
        """End the subscriptions."""
        self._broker.stop()
