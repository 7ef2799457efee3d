"""What a publication without a number does in a room: most are passed on, some change who is in the room."""

from collections.abc import Mapping

import msgspec

from chat.domain.protocol import ServerEvent
from chat.domain.types import RoomId, UserId
from chat.realtime.connections.local_connections import LocalConnections
from chat.realtime.connections.packets import event_packet
from chat.realtime.presence.subscriptions import Subscriptions


class RoomEvents:
    """Broadcasts events as they are. Who must leave leaves at this very point of the room's events."""

    def __init__(self, connections: LocalConnections, subscriptions: Subscriptions) -> None:
        self._connections = connections
        self._subscriptions = subscriptions

    def handle(self, room_id: RoomId, name: str, payload: bytes) -> None:
        """Handle one event."""
        if name == ServerEvent.REMOVED:
            removal = msgspec.json.decode(payload)
            self.remove(room_id, removal.pop("user"), removal)
            return
        self._connections.broadcast(room_id, event_packet(name, payload))
        if name == ServerEvent.MEMBER:
            member = msgspec.json.decode(payload)
            if member["role"] is None:
                self._subscriptions.expel(room_id, member["user"])

    def remove(self, room_id: RoomId, user_id: UserId, removal: Mapping[str, object]) -> None:
        """Take a person out of a room, and tell only them. In order with the room's messages: they receive none after it."""
        packet = event_packet(ServerEvent.REMOVED, msgspec.json.encode({"room": room_id, **removal}))
        for connection in self._subscriptions.expel(room_id, user_id):
            connection.deliver(packet)
