"""A plain WebSocket that says back what it hears: what Autobahn|Testsuite talks to."""

from collections.abc import Iterable

from gevent_socketio.timer_wheel import Wheel
from gevent_socketio.websocket.connection import WebSocket
from gevent_socketio.websocket.frames import BINARY, TEXT, encode_frame
from gevent_socketio.websocket.handshake import HANDED_OVER, Environ, NotAnUpgrade, StartResponse, accept
from gevent_socketio.websocket.receiver import Limits

# The suite sends up to 16 MB at once, and reads when it has sent.
LIMITS = Limits(message_bytes=32 << 20, queue_bytes=64 << 20, binary=True)


class EchoApplication:
    """A WSGI application."""

    def __init__(self, wheel: Wheel, limits: Limits = LIMITS) -> None:
        self._wheel = wheel
        self._limits = limits

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        try:
            websocket = accept(environ, self._wheel, self._limits)
        except NotAnUpgrade as refusal:
            return refusal.answer(start_response)
        websocket.receiver = Echo(websocket)
        websocket.start()
        return HANDED_OVER


class Echo:
    """A receiver that answers every message with itself."""

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
