"""Requests about people: whom somebody blocks, and whether they are active."""

from chat.actions import blocking, limits
from chat.domain import protocol
from chat.realtime.connections.connection import Connection
from chat.realtime.handlers.closing_database import closing_database
from chat.realtime.handlers.handler_types import Answer, Handlers
from chat.realtime.presence.heartbeat import Heartbeat


class PersonRequests:
    """Handles what people set for themselves."""

    def __init__(self, heartbeat: Heartbeat) -> None:
        self._heartbeat = heartbeat

    def handlers(self) -> Handlers:
        """Return the handler of each request."""
        return {protocol.BlockPerson: _block, protocol.Unblock: _unblock, protocol.SetStatus: self._set_status}

    def _set_status(self, connection: Connection, request: protocol.SetStatus) -> Answer:
        if connection.status != request.status:
            limits.spend_here(connection.author.id, "signals")
            connection.status = request.status
            self._heartbeat.announce({connection: list(connection.rooms)})
        return {}


def _block(connection: Connection, request: protocol.BlockPerson) -> Answer:
    limits.spend(connection.author.id, "acts")
    with closing_database():
        blocking.block_person(connection.author, request.user)
    return {}


def _unblock(connection: Connection, request: protocol.Unblock) -> Answer:
    limits.spend(connection.author.id, "acts")
    with closing_database():
        blocking.unblock_person(connection.author, request.user)
    return {}
