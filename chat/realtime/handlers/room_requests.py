"""Requests about rooms: catch up, create, join, leave, invite."""

from collections.abc import Collection, Iterable, Mapping

from bounds.pause import TimeSlices
from chat.actions import limits
from chat.actions.messages import read_markers
from chat.actions.rooms import creating, membership
from chat.domain import protocol
from chat.domain.types import Position, RoomId, UserId
from chat.live.messages.catching_up import OUTLINE, WHOLE, Extent
from chat.realtime.connections.connection import Connection
from chat.realtime.handlers.closing_database import closing_database
from chat.realtime.handlers.handler_types import Answer, Handlers
from chat.realtime.presence.heartbeat import Heartbeat
from chat.realtime.presence.subscriptions import Subscriptions

ROOMS_PER_CALL = 100
# Of messages in one answer: 10 rooms with 500 long ones each were 40 MB, and held the loop for 170 ms.
SYNC_BYTES = 4 * 1024 * 1024


class RoomRequests:
    """Handles what changes or tells in which rooms a person is."""

    def __init__(self, subscriptions: Subscriptions, heartbeat: Heartbeat) -> None:
        self._subscriptions = subscriptions
        self._heartbeat = heartbeat

    def handlers(self) -> Handlers:
        """Return the handler of each request."""
        return {
            protocol.Sync: _sync,
            protocol.Create: self._create,
            protocol.Join: self._join,
            protocol.Leave: _leave,
            protocol.Invite: _invite,
            protocol.AnswerInvitation: self._answer_invitation,
            protocol.Hide: _hide,
            protocol.Notify: _notify,
        }

    def _create(self, connection: Connection, request: protocol.Create) -> Answer:
        limits.spend(connection.author.id, "rooms")
        with closing_database():
            if request.kind == "direct":
                room = creating.open_direct_room(connection.author, request.members)
                membership.show_direct_room(connection.author, room.pk)
            else:
                room = creating.create_room(connection.author, request.name, request.kind, request.topic)
        return {"room": self._enter(connection, room.pk)}

    def _join(self, connection: Connection, request: protocol.Join) -> Answer:
        limits.spend(connection.author.id, "joins")
        with closing_database():
            membership.join_room(connection.author, request.room)
        return {"room": self._enter(connection, request.room)}

    def _answer_invitation(self, connection: Connection, request: protocol.AnswerInvitation) -> Answer:
        limits.spend(connection.author.id, "joins")
        with closing_database():
            membership.answer_invitation(connection.author, request.room, request.accept)
        return {"room": self._enter(connection, request.room)} if request.accept else {}

    def _enter(self, connection: Connection, room_id: RoomId) -> protocol.RoomState:
        """Put the connection into a room that its person is a member of now."""
        self._subscriptions.enter({connection: [room_id]})
        self._heartbeat.announce({connection: [room_id]})
        [state] = read_markers.catch_up(connection.author.id, {room_id: Position()})
        return state


def _sync(connection: Connection, request: protocol.Sync) -> Answer:
    limits.spend_here(connection.author.id, "syncs")
    has = request.rooms
    known = set(request.known)
    asked = (room_id for room_id in sorted(connection.rooms) if str(room_id) in has or not (request.only or room_id in known))
    positions = {room_id: has.get(str(room_id), Position()) for room_id in asked}
    # A set: 1,000 that are named, looked for among the rooms of somebody in thousands, were a tenth of a second.
    in_sight = positions if request.whole is None else set(request.whole)
    rooms = _states(connection.author.id, positions, in_sight)
    person = connection.person
    return {"me": connection.author, "rooms": rooms, "blocked": sorted(person.blocked), "invitations": person.invitations}


def _states(user_id: UserId, positions: Mapping[RoomId, Position], in_sight: Collection[RoomId]) -> list[protocol.RoomState]:
    """Those in sight first: they have what they need of the bytes, and the others what is left."""
    seen = {room_id: position for room_id, position in positions.items() if room_id in in_sight}
    rooms = _catch_up(user_id, seen, WHOLE, SYNC_BYTES)
    rest = {room_id: position for room_id, position in positions.items() if room_id not in seen}
    return rooms + _catch_up(user_id, rest, OUTLINE, SYNC_BYTES - _size(rooms))


def _catch_up(user_id: UserId, positions: Mapping[RoomId, Position], extent: Extent, left: int) -> list[protocol.RoomState]:
    """Read so many rooms at a time: 1,000 at once took 68 ms of the loop. Each gets its share of the bytes that are left."""
    slices, rooms, waiting = TimeSlices(), list[protocol.RoomState](), list(positions.items())
    while waiting:
        share = max(0, left) // len(waiting)
        together, waiting = waiting[:ROOMS_PER_CALL], waiting[ROOMS_PER_CALL:]
        found = read_markers.catch_up(user_id, dict(together), extent._replace(bytes=min(share, extent.bytes)))
        left -= _size(found)
        rooms += found
        slices.rest()
    return rooms


def _size(rooms: Iterable[protocol.RoomState]) -> int:
    return sum(memoryview(raw).nbytes for room in rooms for raw in (*room.messages, *room.amendments))


def _leave(connection: Connection, request: protocol.Leave) -> Answer:
    limits.spend(connection.author.id, "joins")
    with closing_database():
        membership.leave_room(connection.author, request.room)
    return {}


def _invite(connection: Connection, request: protocol.Invite) -> Answer:
    limits.spend(connection.author.id, "joins")
    with closing_database():
        is_in = membership.invite_member(connection.author, request.room, request.user)
    return {} if is_in else {"asked": True}


def _hide(connection: Connection, request: protocol.Hide) -> Answer:
    limits.spend(connection.author.id, "acts")
    with closing_database():
        membership.hide_direct_room(connection.author, request.room)
    return {}


def _notify(connection: Connection, request: protocol.Notify) -> Answer:
    limits.spend(connection.author.id, "acts")
    with closing_database():
        membership.set_notifications(connection.author, request.room, request.level, request.muted)
    return {}
