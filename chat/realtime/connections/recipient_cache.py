"""Caches the recipients of each room's broadcasts."""

from collections.abc import Iterable

from chat.domain.types import RoomId
from chat.realtime.connections.connection import Connection
from gevent_socketio.broadcast import Recipients

# About 100 bytes each: many people are in many rooms, of which most are quiet.
_MAX_RECIPIENTS = 100_000


class RecipientCache:
    """Keeps a room's recipients until its connections change. Above the limit the rooms cached first are dropped."""

    def __init__(self) -> None:
        self._by_room: dict[RoomId, Recipients] = {}
        self._count = 0

    def of(self, room_id: RoomId, connections: Iterable[Connection]) -> Recipients:
        """Return the recipients of a room that holds these connections."""
        recipients = self._by_room.get(room_id)
        if recipients is None:
            recipients = Recipients(connection.client for connection in connections)
            if len(recipients):  # nothing is kept of an empty room
                self._by_room[room_id] = recipients
                self._count += len(recipients)
            while self._count > _MAX_RECIPIENTS and len(self._by_room) > 1:
                self.drop(next(iter(self._by_room)))
        return recipients

    def drop(self, room_id: RoomId) -> None:
        """Forget a room's recipients: its connections have changed."""
        recipients = self._by_room.pop(room_id, None)
        if recipients is not None:
            self._count -= len(recipients)
