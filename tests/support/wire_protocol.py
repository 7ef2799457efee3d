"""The client's end of a WebSocket without input and output, on wsproto: a second opinion on what our transport sends."""

from wsproto import ConnectionType, WSConnection
from wsproto.connection import ConnectionState
from wsproto.events import BytesMessage, CloseConnection, Event, Message, Ping, Request, TextMessage
from wsproto.utilities import LocalProtocolError, RemoteProtocolError

SOCKET_IO = "/socket.io/?EIO=4&transport=websocket"

# wsproto copies what is left of its buffer with each frame: of large pieces, which hold many, that would be most of its work.
PIECE_BYTES = 8 * 1024

OPEN = (ConnectionState.OPEN, ConnectionState.LOCAL_CLOSING)


class Corrupt(Exception):
    """The bytes are not what a server of ours sends: a frame was torn, or two were mixed."""


class WireProtocol:
    """Takes bytes as they come and returns wsproto's events, messages whole; each other method returns bytes to be sent."""

    def __init__(self) -> None:
        self._websocket = WSConnection(ConnectionType.CLIENT)
        self._parts: list[str | bytes] = []

    def handshake(self, port: int, cookie: str = "", origin: str = "", target: str = SOCKET_IO) -> bytes:
        """Return the request; without a cookie or an origin where these are empty."""
        given = [(b"Cookie", cookie.encode()), (b"Origin", origin.encode())]
        headers = [(name, value) for name, value in given if value]
        return self._websocket.send(Request(host=f"localhost:{port}", target=target, extra_headers=headers))

    def feed(self, data: bytes) -> list[Event]:
        """Return what is complete now; raises Corrupt."""
        events: list[Event] = []
        try:
            for start in range(0, len(data), PIECE_BYTES):
                if self._websocket.state is ConnectionState.CLOSED:
                    break
                self._websocket.receive_data(data[start : start + PIECE_BYTES])
                events += filter(None, map(self._whole, self._websocket.events()))
        except RemoteProtocolError as error:
            raise Corrupt(f"{error}: {data[:12]!r}") from error
        return events

    def message(self, content: str | bytes) -> bytes:
        return self._send(TextMessage(data=content) if isinstance(content, str) else BytesMessage(data=content))

    def ping(self, payload: bytes) -> bytes:
        return self._send(Ping(payload=payload))

    def pong(self, ping: Ping) -> bytes:
        return self._send(ping.response())

    def close(self, code: int = 1000) -> bytes:
        return self._send(CloseConnection(code=code))

    def _send(self, event: Event) -> bytes:
        try:
            return self._websocket.send(event)
        except LocalProtocolError as error:
            raise ConnectionError(f"the connection has ended: {error}") from error

    def _whole(self, event: Event) -> Event | None:
        if isinstance(event, CloseConnection) and self._websocket.state in OPEN:
            raise Corrupt(str(event.reason))  # wsproto's advice to close, not the server's close frame
        if not isinstance(event, Message):
            return event
        if event.frame_finished and not event.message_finished:
            raise Corrupt("a message in fragments, which no server of ours sends")
        self._parts.append(event.data)
        if not event.message_finished:
            return None
        parts, self._parts = self._parts, []
        if isinstance(event, TextMessage):
            return TextMessage(data="".join(map(str, parts)))
        return BytesMessage(data=b"".join(part for part in parts if not isinstance(part, str)))
