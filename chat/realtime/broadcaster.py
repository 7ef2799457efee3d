"""The connections of this process, and one packet to all of them that are in a room."""

from collections.abc import Iterable

from gevent import get_hub

from chat.domain.types import RoomId, UserId
from chat.realtime.connection import Connection
from gevent_socketio.broadcast import Recipients
from gevent_socketio.packet import PreparedPacket

# How many listeners audiences are kept for, about 100 bytes each: many people are in many rooms, of which most are quiet.
_MOST_LISTENING = 100_000


class Fanout:
    """Who of this process is where. What is said in a room within one turn of the loop leaves as one send a person."""

    def __init__(self) -> None:
        self._by_id: dict[str, Connection] = {}
        self._by_user: dict[UserId, set[Connection]] = {}
        self._by_room: dict[RoomId, set[Connection]] = {}
        # Who is in a room, ready to be written to: until that changes, and only for the rooms that were heard last.
        self._audiences: dict[RoomId, Recipients] = {}
        self._listening = 0
        self._said: dict[RoomId, list[PreparedPacket]] = {}

    def add(self, connection: Connection) -> bool:
        """Take a connection in; True if it is the person's first here."""
        self._by_id[connection.id] = connection
        theirs = self._by_user.setdefault(connection.author.id, set())
        theirs.add(connection)
        return len(theirs) == 1

    def remove(self, connection: Connection) -> bool:
        """Let a connection go; True if it was the person's last here."""
        self._by_id.pop(connection.id, None)
        return _discard(self._by_user, connection.author.id, connection)

    def enter(self, connection: Connection, room_id: RoomId) -> None:
        """Put a connection into a room."""
        connection.rooms.add(room_id)
        self._by_room.setdefault(room_id, set()).add(connection)
        self._forget_audience(room_id)

    def leave(self, connection: Connection, room_id: RoomId) -> bool:
        """Take a connection out of a room, with what was said there until now; True if it was the last one."""
        if connection.is_open:
            self._send(room_id)
        connection.rooms.discard(room_id)
        self._forget_audience(room_id)
        return _discard(self._by_room, room_id, connection)

    def broadcast(self, room_id: RoomId, packet: PreparedPacket) -> None:
        """Give one packet to everyone in a room: one write each, nothing is encoded again."""
        said = self._said.get(room_id)
        if said is None:
            if not self._said:
                # After all that Redis published is read, and before the loop waits again.
                get_hub().loop.run_callback(self._send_all)
            self._said[room_id] = [packet]
        else:
            said.append(packet)

    def get(self, connection_id: str) -> Connection | None:
        return self._by_id.get(connection_id)

    def all(self) -> list[Connection]:
        return list(self._by_id.values())

    def of_person(self, user_id: UserId) -> list[Connection]:
        return list(self._by_user.get(user_id, ()))

    def count_of_person(self, user_id: UserId) -> int:
        return len(self._by_user.get(user_id, ()))

    def in_room(self, room_id: RoomId) -> Iterable[Connection]:
        return tuple(self._by_room.get(room_id, ()))

    def _send_all(self) -> None:
        for room_id in tuple(self._said):
            self._send(room_id)

    def _send(self, room_id: RoomId) -> None:
        said = self._said.pop(room_id, None)
        if said:
            packet = said[0] if len(said) == 1 else PreparedPacket.joined(said)
            self._audience(room_id).send(packet)

    def _audience(self, room_id: RoomId) -> Recipients:
        audience = self._audiences.get(room_id)
        if audience is None:
            audience = Recipients(connection.client for connection in self._by_room.get(room_id, ()))
            if len(audience):  # nothing is kept of a room that nobody here is in
                self._audiences[room_id] = audience
                self._listening += len(audience)
            while self._listening > _MOST_LISTENING and len(self._audiences) > 1:
                self._forget_audience(next(iter(self._audiences)))
        return audience

    def _forget_audience(self, room_id: RoomId) -> None:
        audience = self._audiences.pop(room_id, None)
        if audience is not None:
            self._listening -= len(audience)


def _discard(index: dict[int, set[Connection]], key: int, connection: Connection) -> bool:
    connections = index.get(key)
    if connections is None:
        return False
    connections.discard(connection)
    if connections:
        return False
    del index[key]
    return True
