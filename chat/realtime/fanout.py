"""The connections of this process, and one packet to all of them that are in a room."""

from collections.abc import Iterable

from gevent import get_hub

from chat.entities import RoomId, UserId
from chat.realtime.connection import Connection
from chat.realtime.transport.broadcast import send_to_all
from chat.realtime.transport.packet import PreparedPacket
from chat.realtime.transport.session import Session


class Fanout:
    """Who of this process is where. What is said in a room within one turn of the loop leaves as one send a person."""

    def __init__(self) -> None:
        self._by_id: dict[str, Connection] = {}
        self._by_user: dict[UserId, set[Connection]] = {}
        self._by_room: dict[RoomId, set[Connection]] = {}
        # Who is in a room as `send_to_all` wants it, until that changes: making it for each message took a tenth as long.
        self._sessions: dict[RoomId, list[Session]] = {}
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
        self._sessions.pop(room_id, None)

    def leave(self, connection: Connection, room_id: RoomId) -> bool:
        """Take a connection out of a room, with what was said there until now; True if it was the last one."""
        if connection.is_open:
            self._send(room_id)
        connection.rooms.discard(room_id)
        self._sessions.pop(room_id, None)
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

    def in_room(self, room_id: RoomId) -> Iterable[Connection]:
        return tuple(self._by_room.get(room_id, ()))

    def _send_all(self) -> None:
        for room_id in tuple(self._said):
            self._send(room_id)

    def _send(self, room_id: RoomId) -> None:
        said = self._said.pop(room_id, None)
        if said:
            packet = said[0] if len(said) == 1 else PreparedPacket.joined(said)
            send_to_all(self._sessions_in(room_id), packet)

    def _sessions_in(self, room_id: RoomId) -> list[Session]:
        sessions = self._sessions.get(room_id)
        if sessions is None:
            sessions = [connection.session for connection in self._by_room.get(room_id, ())]
            if sessions:  # nothing is kept of a room that nobody here is in
                self._sessions[room_id] = sessions
        return sessions


def _discard(index: dict[int, set[Connection]], key: int, connection: Connection) -> bool:
    connections = index.get(key)
    if connections is None:
        return False
    connections.discard(connection)
    if connections:
        return False
    del index[key]
    return True
