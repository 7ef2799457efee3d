"""Engine.IO over a WebSocket of its own: one packet, one message."""

from gevent_socketio.engineio.connection import CLOSE_PACKET, TRANSPORT_CLOSED, TRANSPORT_ERROR, Engine, Registry
from gevent_socketio.engineio.packet import PreparedPacket
from gevent_socketio.websocket.connection import WebSocket

# Ways in which a WebSocket ends that are nobody's fault.
_NORMAL_CODES = frozenset({1000, 1001, 1005, 1006})


class WebSocketEngine(Engine):
    """A connection without greenlet, queue or timer of its own."""

    __slots__ = ()
    websocket: WebSocket

    def __init__(self, registry: Registry, websocket: WebSocket) -> None:
        super().__init__(registry)
        self.websocket = websocket
        websocket.receiver = self

    def send(self, packet: PreparedPacket) -> bool:
        """Send a packet; False when the connection is over or its reader too slow."""
        return self.websocket.send(packet.frame)

    def close(self, reason: str) -> None:
        """Say good-bye; the receiver hears of it now, not when the client has answered."""
        if not self.is_over:
            self.websocket.send(CLOSE_PACKET.frame)
            self.websocket.close(1000, reason)
            self._finish(reason)

    def pause(self) -> None:
        """Stop reading: TCP tells the client to wait."""
        self.is_paused = True
        self.websocket.pause()

    def resume(self) -> None:
        """Read on."""
        self.is_paused = False
        self.websocket.resume()

    def backlog(self) -> int:
        """How many bytes wait for the client."""
        return self.websocket.backlog()

    def on_closed(self, code: int, reason: str) -> None:
        """The descriptor is gone."""
        if not self.is_over:
            self._finish(TRANSPORT_CLOSED if code in _NORMAL_CODES else f"{TRANSPORT_ERROR}: {reason}")
