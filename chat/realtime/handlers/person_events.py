"""What a publication for one person does on all their connections to this process."""

from collections.abc import Mapping
from typing import Any

import gevent
import msgspec

from chat.actions.sessions import may_stay
from chat.domain.protocol import Control, ServerEvent
from chat.domain.types import Author, RoomId, UserId
from chat.live.live_state import LiveState
from chat.live.rooms import room_event
from chat.realtime.connections.local_connections import LocalConnections
from chat.realtime.connections.packets import event_packet
from chat.realtime.handlers.closing_database import closing_database
from chat.realtime.presence.heartbeat import Heartbeat
from chat.realtime.presence.subscriptions import Subscriptions


class PersonEvents:
    """Passes on what is for clients; what processes tell each other (`Control`) is done here."""

    def __init__(
        self, live: LiveState, connections: LocalConnections, subscriptions: Subscriptions, heartbeat: Heartbeat
    ) -> None:
        self._live = live
        self._connections = connections
        self._subscriptions = subscriptions
        self._heartbeat = heartbeat

    def handle(self, user_id: UserId, name: str, payload: bytes) -> None:
        """Handle one event."""
        if name == Control.JOINED:
            gevent.spawn(self._enter_room, user_id, msgspec.json.decode(payload)["room"])
        elif name == Control.SESSION_ENDED:
            self._end_sessions(user_id, msgspec.json.decode(payload)["session"])
        elif name == Control.RENAMED:
            self._rename(msgspec.json.decode(payload, type=Author))
        else:
            if name in (ServerEvent.BLOCKED, ServerEvent.INVITED):
                self._update_facts(user_id, name, msgspec.json.decode(payload))
            packet = event_packet(name, payload)
            for connection in self._connections.of_person(user_id):
                connection.deliver(packet)

    def check_sessions(self, user_id: UserId) -> None:
        """Close connections whose session is no longer valid: the event that it ended may have been lost."""
        with closing_database():
            for connection in self._connections.of_person(user_id):
                if not may_stay(connection.cookie):
                    connection.close()

    def _update_facts(self, user_id: UserId, name: str, event: Mapping[str, Any]) -> None:
        """The next `sync` of these connections answers with it as well."""
        for connection in self._connections.of_person(user_id):
            if name == ServerEvent.BLOCKED:
                connection.person.update_block(event)
            else:
                connection.person.update_invitation(event)

    def _enter_room(self, user_id: UserId, room_id: RoomId) -> None:
        """Put the person's connections into a room that they joined on another device, or that someone put them into."""
        outside = [connection for connection in self._connections.of_person(user_id) if room_id not in connection.rooms]
        self._subscriptions.enter({connection: [room_id] for connection in outside})
        facts = self._live.rooms.facts(room_id)
        if facts is None:
            return
        packet = event_packet(ServerEvent.ROOM, msgspec.json.encode(room_event(facts)))
        entered = [connection for connection in outside if room_id in connection.rooms]
        self._heartbeat.announce({connection: [room_id] for connection in entered})
        for connection in entered:
            connection.deliver(packet)

    def _end_sessions(self, user_id: UserId, session: str | None) -> None:
        for connection in self._connections.of_person(user_id):
            if session in (None, connection.login):
                connection.close()

    def _rename(self, author: Author) -> None:
        for connection in self._connections.of_person(author.id):
            connection.author = author
