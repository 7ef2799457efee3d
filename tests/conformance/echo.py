"""A plain WebSocket that returns every message: what Autobahn|Testsuite talks to."""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from gevent_socketio.timer_wheel import TimerWheel
from gevent_socketio.websocket.connection import WebSocket
from gevent_socketio.websocket.frames import BINARY, TEXT, encode_frame
from gevent_socketio.websocket.handshake import HANDED_OVER, HandshakeError, accept
from gevent_socketio.websocket.server_state import Limits, ServerState

# The suite sends up to 16 MB at once, and reads when it has sent.
LIMITS = Limits(message_bytes=32 << 20, queue_bytes=64 << 20, binary=True)


class EchoApplication:
    """A WSGI application."""

    def __init__(self, wheel: TimerWheel, limits: Limits = LIMITS) -> None:
        self._state = ServerState(wheel, limits)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        try:
            websocket = accept(environ, self._state)
        except HandshakeError as refusal:
            return refusal.respond(start_response)
        websocket.listener = Echo(websocket)
        websocket.start()
        return HANDED_OVER


class Echo:
    """A message listener that returns every message."""

    __slots__ = ("_websocket",)

    def __init__(self, websocket: WebSocket) -> None:
        self._websocket = websocket

    def on_message(self, message: str | bytes) -> None:
        if isinstance(message, str):
            self._websocket.send(encode_frame(message.encode(), TEXT))
        else:
            self._websocket.send(encode_frame(message, BINARY))

    def on_closed(self, code: int, reason: str) -> None:
        pass
