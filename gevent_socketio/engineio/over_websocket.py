"""Engine.IO over WebSocket: one packet, one message."""

from gevent_socketio.engineio.transport import CLOSE_PACKET, TRANSPORT_CLOSED, TRANSPORT_ERROR, Transport, TransportOwner
from gevent_socketio.packet import PreparedPacket
from gevent_socketio.websocket.connection import WebSocket

# Close codes that are not an error: normal, going away, none given, connection lost.
_NORMAL_CODES = frozenset({1000, 1001, 1005, 1006})


class WebSocketTransport(Transport):
    """A transport without a greenlet, queue or timer of its own."""

    __slots__ = ()
    websocket: WebSocket

    def __init__(self, owner: TransportOwner, websocket: WebSocket) -> None:
        super().__init__(owner)
        self.websocket = websocket
        websocket.listener = self

    def send(self, packet: PreparedPacket) -> bool:
        """Send a packet; False if the connection is over or the client too slow."""
        return self.websocket.send(packet.frame)

    def close(self, reason: str) -> None:
        """Close the connection. The listener is notified now, not when the client has answered."""
        if not self.is_over:
            self.websocket.send(CLOSE_PACKET.frame)
            self.websocket.close(1000, reason)
            self._finish(reason)

    def pause(self) -> None:
        """Stop reading; TCP's flow control slows the client down."""
        self.is_paused = True
        self.websocket.pause()

    def resume(self) -> None:
        """Read on."""
        self.is_paused = False
        self.websocket.resume()

    def backlog(self) -> int:
        """Return how many bytes wait for the client."""
        return self.websocket.backlog()

    def on_closed(self, code: int, reason: str) -> None:
        """Handle the end of the WebSocket, unless `close` has ended it."""
        if not self.is_over:
            self._finish(TRANSPORT_CLOSED if code in _NORMAL_CODES else f"{TRANSPORT_ERROR}: {reason}")
