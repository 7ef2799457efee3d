"""What each event of a client does, and what it is answered."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Raw
from msgspec.structs import asdict

from bounds.pause import TimeSlices
from chat.actions import blocking, limits, presence
from chat.actions.messages import amendments, read_markers, sending
from chat.actions.rooms import creating, membership
from chat.domain import protocol
from chat.domain.errors import ChatError
from chat.domain.types import Accepted, Position, RoomId, UserId
from chat.realtime.closing_database import closing_database
from chat.realtime.connection import Connection
from chat.realtime.handlers.moderation import moderation_verbs
from chat.realtime.heartbeat import Heartbeat
from chat.realtime.subscriptions import RoomRelay

Answer = dict[str, Any]

ROOMS_TOGETHER = 100


class Verbs:
    """Parsed requests in, acknowledgements out; raises ChatError."""

    def __init__(self, relay: RoomRelay, heartbeat: Heartbeat) -> None:
        self._relay = relay
        self._heartbeat = heartbeat
        self._verbs: dict[type[protocol.Request], Callable[[Connection, Any], Answer]] = {
            protocol.Sync: self._sync,
            protocol.Create: self._create,
            protocol.Join: self._join,
            protocol.Leave: self._leave,
            protocol.Invite: self._invite,
            protocol.AnswerInvitation: self._answer_invitation,
            protocol.Hide: self._hide,
            protocol.BlockPerson: self._block,
            protocol.Unblock: self._unblock,
            protocol.Edit: self._edit,
            protocol.Delete: self._delete,
            protocol.Restore: self._restore,
            protocol.React: self._react,
            protocol.History: self._history,
            protocol.Typing: self._typing,
            protocol.Read: self._read,
            protocol.Notify: self._notify,
            protocol.SetStatus: self._status,
            **moderation_verbs(),
        }

    def do(self, connection: Connection, request: protocol.Request) -> Answer:
        """Do what is asked; return what the acknowledgement holds beside `ok`."""
        return self._verbs[type(request)](connection, request)

    def send(self, connection: Connection, requests: Sequence[protocol.Send]) -> Sequence[Answer | ChatError]:
        """The same for messages that came together: they are stored together, and each is accepted or refused by itself."""
        outcomes = sending.send_messages(connection.author, requests, connection.newcomer_until)
        connection.has_sent()
        return [_accepted(outcome) if isinstance(outcome, Accepted) else outcome for outcome in outcomes]

    def _sync(self, connection: Connection, request: protocol.Sync) -> Answer:
        limits.spend_here(connection.author.id, "syncs")
        has = request.rooms
        known = set(request.known)
        asked = (
            room_id for room_id in sorted(connection.rooms) if str(room_id) in has or not (request.only or room_id in known)
        )
        positions = {room_id: has.get(str(room_id), Position()) for room_id in asked}
        rooms = _catch_up(connection.author.id, positions)
        own = connection.own
        return {"me": connection.author, "rooms": rooms, "blocked": sorted(own.blocked), "invitations": own.invitations}

    def _create(self, connection: Connection, request: protocol.Create) -> Answer:
        limits.spend(connection.author.id, "rooms")
        with closing_database():
            if request.kind == "direct":
                room = creating.open_direct_room(connection.author, request.members)
                membership.show_direct_room(connection.author, room.pk)
            else:
                room = creating.create_room(connection.author, request.name, request.kind, request.topic)
        return {"room": self._come_in(connection, room.pk)}

    def _join(self, connection: Connection, request: protocol.Join) -> Answer:
        limits.spend(connection.author.id, "joins")
        with closing_database():
            membership.join_room(connection.author, request.room)
        return {"room": self._come_in(connection, request.room)}

    def _leave(self, connection: Connection, request: protocol.Leave) -> Answer:
        limits.spend(connection.author.id, "joins")
        with closing_database():
            membership.leave_room(connection.author, request.room)
        return {}

    def _invite(self, connection: Connection, request: protocol.Invite) -> Answer:
        limits.spend(connection.author.id, "joins")
        with closing_database():
            is_in = membership.invite_member(connection.author, request.room, request.user)
        return {} if is_in else {"asked": True}

    def _answer_invitation(self, connection: Connection, request: protocol.AnswerInvitation) -> Answer:
        limits.spend(connection.author.id, "joins")
        with closing_database():
            membership.answer_invitation(connection.author, request.room, request.accept)
        return {"room": self._come_in(connection, request.room)} if request.accept else {}

    def _hide(self, connection: Connection, request: protocol.Hide) -> Answer:
        limits.spend(connection.author.id, "acts")
        with closing_database():
            membership.hide_direct_room(connection.author, request.room)
        return {}

    def _block(self, connection: Connection, request: protocol.BlockPerson) -> Answer:
        limits.spend(connection.author.id, "acts")
        with closing_database():
            blocking.block_person(connection.author, request.user)
        return {}

    def _unblock(self, connection: Connection, request: protocol.Unblock) -> Answer:
        limits.spend(connection.author.id, "acts")
        with closing_database():
            blocking.unblock_person(connection.author, request.user)
        return {}

    def _edit(self, connection: Connection, request: protocol.Edit) -> Answer:
        return {"rev": amendments.edit_message(connection.author.id, request, connection.newcomer_until)}

    def _delete(self, connection: Connection, request: protocol.Delete) -> Answer:
        with closing_database():
            return {"rev": amendments.delete_message(connection.author, request)}

    def _restore(self, connection: Connection, request: protocol.Restore) -> Answer:
        with closing_database():
            return {"rev": amendments.restore_message(connection.author, request)}

    def _react(self, connection: Connection, request: protocol.React) -> Answer:
        return {"rev": amendments.react_to_message(connection.author.id, request)}

    def _history(self, connection: Connection, request: protocol.History) -> Answer:
        limits.spend_here(connection.author.id, "reads")
        page = sending.read_history(connection.author.id, request)
        return {"messages": [Raw(message) for message in page.messages], "first": page.first}

    def _typing(self, connection: Connection, request: protocol.Typing) -> Answer:
        if request.room not in connection.rooms or connection.may_tell_typing(request.room):
            limits.spend_here(connection.author.id, "signals")
            presence.tell_typing(connection.author.id, request.room)
        return {}

    def _read(self, connection: Connection, request: protocol.Read) -> Answer:
        user_id = connection.author.id
        limits.spend_here(user_id, "reads")
        if request.back:
            marker, position = read_markers.mark_unread(user_id, request.room, request.seq)
        else:
            marker, position = read_markers.move_read_marker(user_id, request.room, request.seq, request.turn)
        return {**asdict(marker), **asdict(position)}

    def _notify(self, connection: Connection, request: protocol.Notify) -> Answer:
        limits.spend(connection.author.id, "acts")
        with closing_database():
            membership.set_notifications(connection.author, request.room, request.level, request.muted)
        return {}

    def _status(self, connection: Connection, request: protocol.SetStatus) -> Answer:
        if connection.status != request.status:
            limits.spend_here(connection.author.id, "signals")
            connection.status = request.status
            self._heartbeat.announce({connection: list(connection.rooms)})
        return {}

    def _come_in(self, connection: Connection, room_id: RoomId) -> protocol.RoomState:
        self._relay.enter({connection: [room_id]})
        self._heartbeat.announce({connection: [room_id]})
        [state] = read_markers.catch_up(connection.author.id, {room_id: Position()})
        return state


def _catch_up(user_id: UserId, positions: Mapping[RoomId, Position]) -> list[protocol.RoomState]:
    """So many rooms at a time: 1,000 at once took 68 ms of the loop."""
    slices, rooms, waiting = TimeSlices(), list[protocol.RoomState](), list(positions.items())
    while waiting:
        together, waiting = waiting[:ROOMS_TOGETHER], waiting[ROOMS_TOGETHER:]
        rooms += read_markers.catch_up(user_id, dict(together))
        slices.rest()
    return rooms


def _accepted(accepted: Accepted) -> Answer:
    answer: Answer = {"seq": accepted.seq, "epoch": accepted.epoch, "sent_at": accepted.sent_at}
    return {**answer, "duplicate": True} if accepted.duplicate else answer
