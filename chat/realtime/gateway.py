"""Entry point for Socket.IO events; every event that requests an acknowledgement gets one."""

import logging
import re
from collections.abc import Iterator, Sequence

import gevent
from django.conf import settings
from django.utils import translation

from chat.domain.errors import ChatError, Code, unavailable
from chat.domain.protocol import NAMESPACE, Request, Send, parse_event
from chat.realtime.admission import Admission
from chat.realtime.broadcaster import Fanout
from chat.realtime.handlers.chat import Answer, Verbs
from chat.realtime.heartbeat import Heartbeat
from chat.realtime.language import language_of
from chat.realtime.packets import acknowledgement
from chat.realtime.subscriptions import RoomRelay
from gevent_socketio.interface import Client, Event, Refused

log = logging.getLogger(__name__)

# A client beyond a limit is heard again after so long: its inbox fills, and TCP slows it down instead of our refusals.
PAUSE_SECONDS = 0.02

Parsed = tuple[Event, Request | ChatError]

# Enough of a broken packet to know which acknowledgement it waits for.
_EVENT_WITH_ID = re.compile(rf"2{NAMESPACE},([0-9]{{1,10}})\[")


class ChatNamespace:
    """Who connects, and what they ask. Being wrong closes nothing."""

    def __init__(self, fanout: Fanout, relay: RoomRelay, heartbeat: Heartbeat, admission: Admission) -> None:
        self._fanout = fanout
        self._relay = relay
        self._admission = admission
        self._verbs = Verbs(relay, heartbeat)

    def connect(self, client: Client, namespace: str, auth: object) -> None:
        """Let in who has a session, and only then; raises Refused with the wire's error."""
        try:
            self._admission.admit(client)
        except ChatError as error:
            raise self._refusal(client, error) from None
        except Exception:
            log.exception("A connection could not be let in")
            raise self._refusal(client, unavailable()) from None

    def events(self, client: Client, namespace: str, events: Sequence[Event]) -> None:
        """Do what is asked, and say how it went to who wants to know."""
        for together in _grouped([(event, _parsed(event.body)) for event in events]):
            answers = self._answers(client.id, [request for _, request in together])
            for (event, _), answer in zip(together, answers, strict=True):
                if event.ack_id is not None:
                    client.send_packet(acknowledgement(event.ack_id, answer))
            if any(_is_too_fast(answer) for answer in answers):
                gevent.sleep(PAUSE_SECONDS)

    def disconnect(self, client: Client, namespace: str, reason: str) -> None:
        """Leave at once: everyone sees it."""
        self._forget(client.id)

    def invalid(self, client: Client, message: str | bytes) -> None:
        """Answer what waits for an answer; nothing binary is ours."""
        found = _EVENT_WITH_ID.match(message) if isinstance(message, str) else None
        if found:
            [answer] = self._answers(client.id, [_parsed("")])
            client.send_packet(acknowledgement(int(found[1]), answer))

    def _answers(self, connection_id: str, requests: Sequence[Request | ChatError]) -> list[Answer]:
        """The one place where errors become answers."""
        connection = self._fanout.get(connection_id)
        language = connection.language if connection else ""
        return [
            {"ok": False, "error": _error(outcome, language)} if isinstance(outcome, ChatError) else {"ok": True, **outcome}
            for outcome in self._outcomes(connection_id, requests)
        ]

    def _outcomes(self, connection_id: str, requests: Sequence[Request | ChatError]) -> Sequence[Answer | ChatError]:
        connection, first = self._fanout.get(connection_id), requests[0]
        try:
            if isinstance(first, ChatError):
                raise first
            if connection is None or not connection.is_open:
                raise unavailable()
            if isinstance(first, Send):
                return self._verbs.send(connection, [request for request in requests if isinstance(request, Send)])
            return [self._verbs.do(connection, first)]
        except ChatError as error:
            return [error] * len(requests)
        except Exception:
            log.exception("An event failed: %.100s", first)
            return [unavailable()] * len(requests)

    def _refusal(self, client: Client, error: ChatError) -> Refused:
        self._forget(client.id)
        told = _error(error, language_of(client.environ or {}))
        return Refused(told["message"], told)

    def _forget(self, connection_id: str) -> None:
        connection = self._fanout.get(connection_id)
        if connection is None:
            return
        connection.is_open = False
        try:
            self._relay.forget(connection)
        except ChatError:
            log.debug("Redis does not answer; the deadline takes %s out", connection_id)


def _is_too_fast(answer: Answer) -> bool:
    return not answer["ok"] and answer["error"]["code"] == Code.RATE_LIMITED


def _parsed(body: str) -> Request | ChatError:
    try:
        return parse_event(body)
    except ChatError as error:
        return error


def _grouped(parsed: Sequence[Parsed]) -> Iterator[Sequence[Parsed]]:
    """Messages that follow one another together, everything else by itself."""
    start = 0
    for end in range(1, len(parsed) + 1):
        if end == len(parsed) or not (isinstance(parsed[start][1], Send) and isinstance(parsed[end][1], Send)):
            yield parsed[start:end]
            start = end


def _error(error: ChatError, language: str) -> Answer:
    with translation.override(language or settings.LANGUAGE_CODE):
        told: Answer = {"code": error.code, "message": error.message}
    return told if error.retry_in is None else {**told, "retry_in": error.retry_in}
