"""The door of the live path: every event comes in here, and every one that wants an answer gets one."""

import logging
from typing import Any, NoReturn

import socketio

from chat.errors import ChatError, unavailable
from chat.events import NAMESPACE, parse_request
from chat.realtime.admission import Admission
from chat.realtime.fanout import Fanout
from chat.realtime.heartbeat import Heartbeat
from chat.realtime.relay import RoomRelay
from chat.realtime.verbs import Verbs

log = logging.getLogger(__name__)

Answer = dict[str, Any]


class ChatNamespace(socketio.Namespace):  # type: ignore[misc]  # socketio has no types
    """Who connects, and what they ask."""

    def __init__(self, fanout: Fanout, relay: RoomRelay, heartbeat: Heartbeat, admission: Admission) -> None:
        super().__init__(NAMESPACE)
        self._fanout = fanout
        self._relay = relay
        self._admission = admission
        self._verbs = Verbs(relay, heartbeat)

    def on_connect(self, sid: str, environ: dict[str, Any], auth: object = None) -> None:
        """Let in who has a session, and only then; raises ConnectionRefusedError with the wire's error."""
        try:
            self._admission.admit(sid, environ)
        except ChatError as error:
            self._refuse(sid, error)
        except Exception:
            log.exception("A connection could not be let in")
            self._refuse(sid, unavailable())

    def on_disconnect(self, sid: str, reason: str = "") -> None:
        """Leave at once: everyone sees it."""
        connection = self._fanout.get(sid)
        if connection is None:
            return
        connection.is_open = False
        try:
            self._relay.forget(connection)
        except ChatError:
            log.info("Redis does not answer; the deadline takes %s out", sid)

    def answer(self, sid: str, event: object, payload: object) -> Answer:
        """Return the acknowledgement of any event, however wrong: the one place where errors become answers."""
        connection = self._fanout.get(sid)
        try:
            request = parse_request(event, payload)
            if connection is None or not connection.is_open:
                raise unavailable()
            return {"ok": True, **self._verbs.do(connection, request)}
        except ChatError as error:
            return {"ok": False, "error": _error(error)}
        except Exception:
            log.exception("%s failed", event)
            return {"ok": False, "error": _error(unavailable())}

    def _refuse(self, sid: str, error: ChatError) -> NoReturn:
        self.on_disconnect(sid)
        raise socketio.exceptions.ConnectionRefusedError(error.message, _error(error)) from None


def _error(error: ChatError) -> Answer:
    told: Answer = {"code": error.code, "message": error.message}
    return told if error.retry_in is None else {**told, "retry_in": error.retry_in}
