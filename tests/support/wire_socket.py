"""A WebSocket to a server, on a blocking socket: what the clients of all tests and benchmarks are built on."""

import socket as standard_socket
import threading
from collections import deque
from typing import Any, Self

from wsproto.events import AcceptConnection, BytesMessage, CloseConnection, Event, Ping, RejectConnection, TextMessage

from tests.support.wire_protocol import SOCKET_IO, WireProtocol

CHUNK_BYTES = 64 * 1024


class Rejected(Exception):
    """The server answered the handshake with another status than 101."""

    def __init__(self, status: int) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status


class Closed(EOFError):
    """The server has closed; `code` is that of its close frame, 1006 if it sent none."""

    def __init__(self, code: int) -> None:
        super().__init__(f"closed with {code}")
        self.code = code


class WireSocket:
    """Open when it is constructed; raises Rejected, OSError. `sockets` can be gevent's module instead of the standard one."""

    def __init__(
        self,
        port: int,
        cookie: str = "",
        origin: str = "",
        *,
        target: str = SOCKET_IO,
        seconds: float = 30.0,
        receive_buffer: int = 0,
        sockets: Any = standard_socket,
        tls: Any = None,
    ) -> None:
        self.protocol = WireProtocol()
        self._events: deque[Event] = deque()
        # Threads that send must not mix their frames.
        self._sending = threading.Lock()
        self.socket: Any = sockets.socket()
        try:
            if receive_buffer:
                self.socket.setsockopt(standard_socket.SOL_SOCKET, standard_socket.SO_RCVBUF, receive_buffer)
            self.socket.settimeout(seconds)
            self.socket.connect(("127.0.0.1", port))
            self.socket.setsockopt(standard_socket.IPPROTO_TCP, standard_socket.TCP_NODELAY, 1)
            if tls is not None:
                self.socket = tls.wrap_socket(self.socket, server_hostname="localhost")
            self._shake_hands(port, cookie, origin, target)
        except BaseException:
            self.socket.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.socket.close()

    def send(self, message: str | bytes) -> None:
        with self._sending:
            self.socket.sendall(self.protocol.message(message))

    def ping(self, payload: bytes) -> None:
        with self._sending:
            self.socket.sendall(self.protocol.ping(payload))

    def write(self, raw: bytes) -> None:
        """Send bytes as they are, which can violate the protocol."""
        with self._sending:
            self.socket.sendall(raw)

    def receive(self) -> Event:
        """Return the next event; answers WebSocket pings. Raises Closed, Corrupt, OSError."""
        while True:
            while not self._events:
                chunk = self.socket.recv(CHUNK_BYTES)
                if not chunk:
                    raise Closed(1006)
                self._events += self.protocol.feed(chunk)
            event = self._events.popleft()
            if isinstance(event, Ping):
                self.write(self.protocol.pong(event))
            elif isinstance(event, CloseConnection):
                raise Closed(event.code)
            else:
                return event

    def receive_message(self) -> str | bytes:
        """Return the next message."""
        while not isinstance(event := self.receive(), TextMessage | BytesMessage):
            pass
        return event.data if isinstance(event, TextMessage) else bytes(event.data)

    def receive_text(self) -> str:
        """Return the next message, which must be a text."""
        message = self.receive_message()
        assert isinstance(message, str)
        return message

    def send_close(self) -> None:
        """Send a close frame; the server answers with its own."""
        with self._sending:
            self.socket.sendall(self.protocol.close())

    def close(self) -> None:
        """Close the socket without a close frame."""
        self.socket.close()

    def _shake_hands(self, port: int, cookie: str, origin: str, target: str) -> None:
        self.socket.sendall(self.protocol.handshake(port, cookie, origin, target))
        answer = self.receive()
        if isinstance(answer, RejectConnection):
            raise Rejected(answer.status_code)
        assert isinstance(answer, AcceptConnection)
