"""Requests about messages: send, change, react, read."""

from collections.abc import Sequence

from msgspec import Raw
from msgspec.structs import asdict

from chat.actions import limits, presence
from chat.actions.messages import amendments, read_markers, sending
from chat.domain import protocol
from chat.domain.errors import ChatError
from chat.domain.types import Accepted
from chat.realtime.connections.connection import Connection
from chat.realtime.handlers.closing_database import closing_database
from chat.realtime.handlers.handler_types import Answer, Handlers


def send_messages(connection: Connection, requests: Sequence[protocol.Send]) -> Sequence[Answer | ChatError]:
    """Send messages that came together, in order."""
    outcomes = sending.send_messages(connection.author, requests, connection.newcomer_until)
    connection.end_typing()
    return [_accepted(outcome) if isinstance(outcome, Accepted) else outcome for outcome in outcomes]


def _accepted(accepted: Accepted) -> Answer:
    answer: Answer = {"seq": accepted.seq, "epoch": accepted.epoch, "sent_at": accepted.sent_at}
    return {**answer, "duplicate": True} if accepted.duplicate else answer


def _edit(connection: Connection, request: protocol.Edit) -> Answer:
    return {"rev": amendments.edit_message(connection.author.id, request, connection.newcomer_until)}


def _delete(connection: Connection, request: protocol.Delete) -> Answer:
    with closing_database():
        return {"rev": amendments.delete_message(connection.author, request)}


def _restore(connection: Connection, request: protocol.Restore) -> Answer:
    with closing_database():
        return {"rev": amendments.restore_message(connection.author, request)}


def _react(connection: Connection, request: protocol.React) -> Answer:
    return {"rev": amendments.react_to_message(connection.author.id, request)}


def _history(connection: Connection, request: protocol.History) -> Answer:
    limits.spend_here(connection.author.id, "reads")
    page = sending.read_history(connection.author.id, request)
    return {"messages": [Raw(message) for message in page.messages], "first": page.first}


def _typing(connection: Connection, request: protocol.Typing) -> Answer:
    if request.room not in connection.rooms or connection.note_typing(request.room):
        limits.spend_here(connection.author.id, "signals")
        presence.tell_typing(connection.author.id, request.room)
    return {}


def _read(connection: Connection, request: protocol.Read) -> Answer:
    user_id = connection.author.id
    limits.spend_here(user_id, "reads")
    if request.back:
        marker, position = read_markers.mark_unread(user_id, request.room, request.seq)
    else:
        marker, position = read_markers.move_read_marker(user_id, request.room, request.seq, request.turn)
    return {**asdict(marker), **asdict(position)}


MESSAGE_HANDLERS: Handlers = {
    protocol.Edit: _edit,
    protocol.Delete: _delete,
    protocol.Restore: _restore,
    protocol.React: _react,
    protocol.History: _history,
    protocol.Typing: _typing,
    protocol.Read: _read,
}
