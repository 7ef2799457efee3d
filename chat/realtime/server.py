"""python-socketio's server with our door in front: whatever arrives is answered, and being wrong closes nothing."""

import logging
import re
from contextlib import suppress
from typing import Any, Protocol

import gevent
import socketio
from engineio.exceptions import SocketIsClosedError

from chat.events import NAMESPACE
from chat.realtime.connection import QUEUED_PACKETS, Close, Send
from chat.realtime.packets import PreparedPacket, acknowledgement
from chat.realtime.websocket import CarefulWebSocket

log = logging.getLogger(__name__)

FRAME_BYTES = 128 * 1024
# A client hears something at least every 5 s, so that a frozen server is noticed within 9.
PING_SECONDS = 5
PONG_SECONDS = 4

# Enough of a broken packet to know which acknowledgement it waits for.
_EVENT_WITH_ID = re.compile(rf"2{NAMESPACE},(\d{{1,10}})\[")


class Door(Protocol):
    """Answers events."""

    def answer(self, sid: str, event: object, payload: object) -> dict[str, Any]: ...


class ChatServer(socketio.Server):  # type: ignore[misc]  # socketio has no types
    """One person's events are handled one after another, in the greenlet that reads their connection."""

    def __init__(self, origins: list[str]) -> None:
        super().__init__(
            async_mode="gevent",
            async_handlers=False,
            namespaces=[NAMESPACE],
            cors_allowed_origins=origins,
            transports=["websocket", "polling"],
            max_http_buffer_size=FRAME_BYTES,
            ping_interval=PING_SECONDS,
            ping_timeout=PONG_SECONDS,
            http_compression=False,
            logger=logging.getLogger("socketio"),
            engineio_logger=logging.getLogger("engineio"),
        )
        self.eio._async = {**self.eio._async, "websocket": CarefulWebSocket}
        self.door: Door | None = None

    def transport(self, sid: str) -> tuple[Send, Close]:
        """Return how to send to a connection and how to end it."""
        engine_id = self.manager.eio_sid_from_sid(sid, NAMESPACE)
        socket = self.eio.sockets[engine_id]

        def send(packet: PreparedPacket) -> bool:
            if socket.queue.qsize() >= QUEUED_PACKETS:
                return False
            with suppress(SocketIsClosedError):  # its disconnect handler is on its way
                socket.send(packet)
            return True

        return send, lambda: gevent.spawn(self._end, sid, socket)

    def close_all(self) -> None:
        """Tell every client to come back: not a log-out, but a server that goes."""
        for socket in list(self.eio.sockets.values()):
            socket.close(wait=False)

    def _end(self, sid: str, socket: Any) -> None:
        # The Socket.IO packet first: it tells a client that coming back needs a new log-in, not a new try.
        self.disconnect(sid, NAMESPACE)
        socket.close(wait=False)

    def _handle_eio_message(self, eio_sid: str, data: Any) -> None:
        if not isinstance(data, str):
            return  # no packet of ours is binary: refused before its parts are kept for anyone
        if data[:1] in ("5", "6"):
            return
        try:
            super()._handle_eio_message(eio_sid, data)
        except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
            log.info("Not a packet (%s) from %s", type(error).__name__, eio_sid)
            self._answer_broken(eio_sid, data)

    def _handle_event(self, eio_sid: str, namespace: str | None, packet_id: int | None, data: Any) -> None:
        sid = self.manager.sid_from_eio_sid(eio_sid, namespace or "/")
        if namespace != NAMESPACE or self.door is None or not self.manager.is_connected(sid, namespace):
            return
        event, payload = (*data, None, None)[:2] if isinstance(data, list) else (None, None)
        answer = self.door.answer(sid, event, payload)
        if packet_id is not None:
            self._send_prepared(eio_sid, acknowledgement(packet_id, answer))

    def _answer_broken(self, eio_sid: str, data: str) -> None:
        found = _EVENT_WITH_ID.match(data)
        if found and self.door is not None:
            self._handle_event(eio_sid, NAMESPACE, int(found[1]), None)

    def _send_prepared(self, eio_sid: str, packet: PreparedPacket) -> None:
        socket = self.eio.sockets.get(eio_sid)
        if socket is not None:
            socket.send(packet)
