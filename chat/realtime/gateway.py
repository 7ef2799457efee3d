"""Entry point for Socket.IO events; every event that requests an acknowledgement gets one."""

import logging
import re
from collections.abc import Iterator, Sequence

import gevent
from django.conf import settings
from django.utils import translation

from chat.domain.errors import ChatError, Code, unavailable
from chat.domain.protocol import NAMESPACE, Request, Send, parse_event
from chat.realtime.admission.admission import Admission
from chat.realtime.admission.language import language_of
from chat.realtime.connections.local_connections import LocalConnections
from chat.realtime.connections.packets import acknowledgement
from chat.realtime.handlers.handler_types import Answer
from chat.realtime.handlers.requests import RequestHandlers
from chat.realtime.presence.subscriptions import Subscriptions
from gevent_socketio.interface import Client, Event, Refused

log = logging.getLogger(__name__)

# A client above a limit is read again after so long: its inbox fills, and TCP slows it down instead of our refusals.
PAUSE_SECONDS = 0.02

Parsed = tuple[Event, Request | ChatError]

# Enough of a broken packet to find the id of its acknowledgement.
_EVENT_WITH_ID = re.compile(rf"2{NAMESPACE},([0-9]{{1,10}})\[")


class ChatGateway:
    """Implements the transport's `Application`. No invalid request closes a connection."""

    def __init__(
        self,
        connections: LocalConnections,
        subscriptions: Subscriptions,
        admission: Admission,
        requests: RequestHandlers,
    ) -> None:
        self._connections = connections
        self._subscriptions = subscriptions
        self._admission = admission
        self._requests = requests

    def connect(self, client: Client, namespace: str, auth: object) -> None:
        """Accept clients with a valid session; raises Refused with the protocol's error."""
        try:
            self._admission.admit(client)
        except ChatError as error:
            raise self._refusal(client, error) from None
        except Exception:
            log.exception("A connection could not be accepted")
            raise self._refusal(client, unavailable()) from None

    def events(self, client: Client, namespace: str, events: Sequence[Event]) -> None:
        """Handle events in order, and acknowledge those that request it."""
        for together in _grouped([(event, _parsed(event.body)) for event in events]):
            answers = self._answers(client.id, [request for _, request in together])
            for (event, _), answer in zip(together, answers, strict=True):
                if event.ack_id is not None:
                    client.send_packet(acknowledgement(event.ack_id, answer))
            if any(_is_too_fast(answer) for answer in answers):
                gevent.sleep(PAUSE_SECONDS)

    def disconnect(self, client: Client, namespace: str, reason: str) -> None:
        """Take the connection out of its rooms now; everyone there sees it."""
        self._remove(client.id)

    def invalid(self, client: Client, message: str | bytes) -> None:
        """Answer a packet that can be recognised as a request for an acknowledgement; ignore anything else."""
        found = _EVENT_WITH_ID.match(message) if isinstance(message, str) else None
        if found:
            [answer] = self._answers(client.id, [_parsed("")])
            client.send_packet(acknowledgement(int(found[1]), answer))

    def _answers(self, connection_id: str, requests: Sequence[Request | ChatError]) -> list[Answer]:
        """The one place where errors become answers."""
        connection = self._connections.get(connection_id)
        language = connection.language if connection else ""
        return [
            {"ok": False, "error": _error(outcome, language)} if isinstance(outcome, ChatError) else {"ok": True, **outcome}
            for outcome in self._outcomes(connection_id, requests)
        ]

    def _outcomes(self, connection_id: str, requests: Sequence[Request | ChatError]) -> Sequence[Answer | ChatError]:
        connection, first = self._connections.get(connection_id), requests[0]
        try:
            if isinstance(first, ChatError):
                raise first
            if connection is None or not connection.is_open:
                raise unavailable()
            if isinstance(first, Send):
                return self._requests.send(connection, [request for request in requests if isinstance(request, Send)])
            return [self._requests.handle(connection, first)]
        except ChatError as error:
            return [error] * len(requests)
        except Exception:
            log.exception("An event failed: %.100s", first)
            return [unavailable()] * len(requests)

    def _refusal(self, client: Client, error: ChatError) -> Refused:
        self._remove(client.id)
        payload = _error(error, language_of(client.environ or {}))
        return Refused(payload["message"], payload)

    def _remove(self, connection_id: str) -> None:
        connection = self._connections.get(connection_id)
        if connection is None:
            return
        connection.is_open = False
        try:
            self._subscriptions.unfollow(connection)
        except ChatError:
            log.debug("Redis does not answer; %s is offline when its deadline passes", connection_id)


def _is_too_fast(answer: Answer) -> bool:
    return not answer["ok"] and answer["error"]["code"] == Code.RATE_LIMITED


def _parsed(body: str) -> Request | ChatError:
    try:
        return parse_event(body)
    except ChatError as error:
        return error


def _grouped(parsed: Sequence[Parsed]) -> Iterator[Sequence[Parsed]]:
    """Yield consecutive messages together, everything else by itself."""
    start = 0
    for end in range(1, len(parsed) + 1):
        if end == len(parsed) or not (isinstance(parsed[start][1], Send) and isinstance(parsed[end][1], Send)):
            yield parsed[start:end]
            start = end


def _error(error: ChatError, language: str) -> Answer:
    with translation.override(language or settings.LANGUAGE_CODE):
        payload: Answer = {"code": error.code, "message": error.message}
    return payload if error.retry_in is None else {**payload, "retry_in": error.retry_in}
