"""What is published in a room, to everyone of this process who is there."""

from collections.abc import Callable, Mapping

import msgspec

from chat.domain.protocol import ServerEvent
from chat.domain.types import Position, RoomId, UserId
from chat.realtime.broadcaster import Fanout
from chat.realtime.connection import Connection
from chat.realtime.latency import DeliveryMeter
from chat.realtime.packets import event_packet

Expel = Callable[[RoomId, UserId], list[Connection]]


class RoomEvents:
    """Passes a room's events on as they are; those that change who is in the room change it at this very point."""

    def __init__(self, fanout: Fanout, expel: Expel, meter: DeliveryMeter) -> None:
        self._fanout = fanout
        self._expel = expel
        self._meter = meter

    def take(self, room_id: RoomId, name: str, payload: bytes) -> None:
        """Pass an event on."""
        if name == ServerEvent.REMOVED:
            removal = msgspec.json.decode(payload)
            self.remove(room_id, removal.pop("user"), removal)
            return
        self._fanout.broadcast(room_id, event_packet(name, payload))
        if name == ServerEvent.MESSAGE:
            self._meter.note(payload)
        if name == ServerEvent.MEMBER:
            member = msgspec.json.decode(payload)
            if member["role"] is None:
                self._expel(room_id, member["user"])

    def remove(self, room_id: RoomId, user_id: UserId, removal: Mapping[str, object]) -> None:
        """Here, in order with the room's messages, the person stops hearing them: nothing published later is for them."""
        packet = event_packet(ServerEvent.REMOVED, msgspec.json.encode({"room": room_id, **removal}))
        for connection in self._expel(room_id, user_id):
            connection.deliver(packet)

    def tell_head(self, room_id: RoomId, position: Position) -> None:
        """Say how far the room has come: who lacks something will ask."""
        head = {"room": room_id, "epoch": position.epoch, "seq": position.seq, "rev": position.rev}
        self._fanout.broadcast(room_id, event_packet(ServerEvent.HEAD, msgspec.json.encode(head)))
