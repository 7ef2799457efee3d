"""The connections of this process, by person and by room, and one packet to all of a room."""

from collections.abc import Iterable

from gevent import get_hub

from chat.domain.types import RoomId, UserId
from chat.realtime.connections.connection import Connection
from chat.realtime.connections.recipient_cache import RecipientCache
from gevent_socketio.packet import PreparedPacket


class LocalConnections:
    """Indexes connections. Packets for one room within one turn of the loop leave as one send for each of them."""

    def __init__(self) -> None:
        self._by_id: dict[str, Connection] = {}
        self._by_user: dict[UserId, set[Connection]] = {}
        self._by_room: dict[RoomId, set[Connection]] = {}
        self._recipients = RecipientCache()
        self._pending: dict[RoomId, list[PreparedPacket]] = {}

    def add(self, connection: Connection) -> bool:
        """Add a connection; True if it is the person's first to this process."""
        self._by_id[connection.id] = connection
        theirs = self._by_user.setdefault(connection.author.id, set())
        theirs.add(connection)
        return len(theirs) == 1

    def remove(self, connection: Connection) -> bool:
        """Remove a connection; True if it was the person's last to this process."""
        self._by_id.pop(connection.id, None)
        return _discard(self._by_user, connection.author.id, connection)

    def enter(self, connection: Connection, room_id: RoomId) -> None:
        """Put a connection into a room."""
        connection.rooms.add(room_id)
        self._by_room.setdefault(room_id, set()).add(connection)
        self._recipients.drop(room_id)

    def leave(self, connection: Connection, room_id: RoomId) -> bool:
        """Take a connection out of a room, after sending what was broadcast until now; True if the room is empty."""
        if connection.is_open:
            self._send(room_id)
        connection.rooms.discard(room_id)
        self._recipients.drop(room_id)
        return _discard(self._by_room, room_id, connection)

    def broadcast(self, room_id: RoomId, packet: PreparedPacket) -> None:
        """Send one packet to every connection in a room: one write each, nothing is encoded again."""
        pending = self._pending.get(room_id)
        if pending is None:
            if not self._pending:
                # After all that Redis published is read, and before the loop waits again.
                get_hub().loop.run_callback(self._send_all)
            self._pending[room_id] = [packet]
        else:
            pending.append(packet)

    def get(self, connection_id: str) -> Connection | None:
        return self._by_id.get(connection_id)

    def all(self) -> list[Connection]:
        return list(self._by_id.values())

    def of_person(self, user_id: UserId) -> list[Connection]:
        return list(self._by_user.get(user_id, ()))

    def count_of_person(self, user_id: UserId) -> int:
        return len(self._by_user.get(user_id, ()))

    def rooms(self) -> list[RoomId]:
        """Return the rooms that a connection is in."""
        return list(self._by_room)

    def in_room(self, room_id: RoomId) -> Iterable[Connection]:
        return tuple(self._by_room.get(room_id, ()))

    def _send_all(self) -> None:
        for room_id in tuple(self._pending):
            self._send(room_id)

    def _send(self, room_id: RoomId) -> None:
        pending = self._pending.pop(room_id, None)
        if pending:
            packet = pending[0] if len(pending) == 1 else PreparedPacket.joined(pending)
            self._recipients.of(room_id, self._by_room.get(room_id, ())).send(packet)


def _discard(index: dict[int, set[Connection]], key: int, connection: Connection) -> bool:
    connections = index.get(key)
    if connections is None:
        return False
    connections.discard(connection)
    if connections:
        return False
    del index[key]
    return True
