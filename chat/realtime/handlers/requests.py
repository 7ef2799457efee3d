"""Finds the handler of each request that a client can send."""

from collections.abc import Sequence

from chat.domain.errors import ChatError
from chat.domain.protocol import Request, Send
from chat.realtime.connections.connection import Connection
from chat.realtime.handlers.handler_types import Answer, Handlers
from chat.realtime.handlers.message_requests import MESSAGE_HANDLERS, send_messages
from chat.realtime.handlers.moderation_requests import moderation_handlers
from chat.realtime.handlers.person_requests import PersonRequests
from chat.realtime.handlers.room_requests import RoomRequests
from chat.realtime.presence.heartbeat import Heartbeat
from chat.realtime.presence.subscriptions import Subscriptions


class RequestHandlers:
    """Takes parsed requests, returns what their acknowledgements hold beside `ok`."""

    def __init__(self, subscriptions: Subscriptions, heartbeat: Heartbeat) -> None:
        self._handlers: Handlers = {
            **MESSAGE_HANDLERS,
            **RoomRequests(subscriptions, heartbeat).handlers(),
            **PersonRequests(heartbeat).handlers(),
            **moderation_handlers(),
        }

    def handle(self, connection: Connection, request: Request) -> Answer:
        """Handle one request; raises ChatError."""
        return self._handlers[type(request)](connection, request)

    def send(self, connection: Connection, requests: Sequence[Send]) -> Sequence[Answer | ChatError]:
        """Handle messages that came together: stored by one round trip, each accepted or refused by itself."""
        return send_messages(connection, requests)
