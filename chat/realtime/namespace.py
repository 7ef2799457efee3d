"""The door of the live path: every event comes in here, and every one that wants an answer gets one."""

import logging
import re
from typing import Any

from chat.errors import ChatError, unavailable
from chat.events import NAMESPACE, parse_event
from chat.realtime.admission import Admission
from chat.realtime.fanout import Fanout
from chat.realtime.heartbeat import Heartbeat
from chat.realtime.packets import acknowledgement
from chat.realtime.relay import RoomRelay
from chat.realtime.transport.application import Refused
from chat.realtime.transport.session import Session
from chat.realtime.verbs import Verbs

log = logging.getLogger(__name__)

Answer = dict[str, Any]

# Enough of a broken packet to know which acknowledgement it waits for.
_EVENT_WITH_ID = re.compile(rf"2{NAMESPACE},([0-9]{{1,10}})\[")


class ChatNamespace:
    """Who connects, and what they ask. Being wrong closes nothing."""

    def __init__(self, fanout: Fanout, relay: RoomRelay, heartbeat: Heartbeat, admission: Admission) -> None:
        self._fanout = fanout
        self._relay = relay
        self._admission = admission
        self._verbs = Verbs(relay, heartbeat)

    def connect(self, session: Session, namespace: str, auth: object) -> None:
        """Let in who has a session, and only then; raises Refused with the wire's error."""
        try:
            self._admission.admit(session)
        except ChatError as error:
            raise self._refusal(session, error) from None
        except Exception:
            log.exception("A connection could not be let in")
            raise self._refusal(session, unavailable()) from None

    def event(self, session: Session, namespace: str, packet_id: int | None, body: str, attachments: list[bytes]) -> None:
        """Do what is asked, and say how it went to who wants to know."""
        answer = self._answer(session.id, body)
        if packet_id is not None:
            session.send_packet(acknowledgement(packet_id, answer))

    def disconnect(self, session: Session, namespace: str, reason: str) -> None:
        """Leave at once: everyone sees it."""
        self._forget(session.id)

    def broken(self, session: Session, text: str | bytes) -> None:
        """Answer what waits for an answer; nothing binary is ours."""
        found = _EVENT_WITH_ID.match(text) if isinstance(text, str) else None
        if found:
            session.send_packet(acknowledgement(int(found[1]), self._answer(session.id, "")))

    def _answer(self, connection_id: str, body: str) -> Answer:
        """The one place where errors become answers."""
        connection = self._fanout.get(connection_id)
        try:
            request = parse_event(body)
            if connection is None or not connection.is_open:
                raise unavailable()
            return {"ok": True, **self._verbs.do(connection, request)}
        except ChatError as error:
            return {"ok": False, "error": _error(error)}
        except Exception:
            log.exception("An event failed: %.100s", body)
            return {"ok": False, "error": _error(unavailable())}

    def _refusal(self, session: Session, error: ChatError) -> Refused:
        self._forget(session.id)
        return Refused(error.message, _error(error))

    def _forget(self, connection_id: str) -> None:
        connection = self._fanout.get(connection_id)
        if connection is None:
            return
        connection.is_open = False
        try:
            self._relay.forget(connection)
        except ChatError:
            log.info("Redis does not answer; the deadline takes %s out", connection_id)


def _error(error: ChatError) -> Answer:
    told: Answer = {"code": error.code, "message": error.message}
    return told if error.retry_in is None else {**told, "retry_in": error.retry_in}
