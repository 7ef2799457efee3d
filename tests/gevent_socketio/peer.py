"""The client's end of a WebSocket, byte by byte, which can violate the protocol."""

from typing import Any

import gevent
from gevent import socket as gevent_socket

from gevent_socketio.websocket.frames import CLOSE, TEXT
from tests.support.raw_frames import FINAL, masked
from tests.support.stopwatch import Stopwatch

UPGRADE = (
    "GET /echo HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


class Peer:
    """A connection to a server in the same process: the server's loop runs during every wait."""

    def __init__(self, port: int, behind: bytes = b"", buffer: int | None = None) -> None:
        self._socket: Any = gevent_socket.socket()
        if buffer is not None:
            self._socket.setsockopt(gevent_socket.SOL_SOCKET, gevent_socket.SO_RCVBUF, buffer)
        self._socket.settimeout(5)
        self._socket.connect(("127.0.0.1", port))
        self._rest = b""
        self.write(UPGRADE.encode() + behind)
        while b"\r\n\r\n" not in self._rest:
            self._read_more()
        self.answer, self._rest = self._rest.split(b"\r\n\r\n", 1)

    def write(self, raw: bytes) -> None:
        self._socket.sendall(raw)

    def send(self, payload: bytes | str, opcode: int = TEXT) -> None:
        self.write(masked(payload, opcode))

    def read_frame(self) -> tuple[int, bytes]:
        """Return the next frame's opcode and payload; EOFError at the end."""
        length = self._take(2)
        first, size = length[0], length[1]
        if size > 125:
            size = int.from_bytes(self._take(2 if size == 126 else 8), "big")
        assert first & FINAL
        return first & 0xF, self._take(size)

    def read_close(self) -> int:
        """Skip to the close frame and return its code."""
        while (frame := self.read_frame())[0] != CLOSE:
            pass
        return int.from_bytes(frame[1][:2], "big")

    def read_all(self) -> bytes:
        """Return what arrives until the server closes."""
        try:
            while True:
                self._read_more()
        except (EOFError, ConnectionResetError):
            return self._rest

    def close(self) -> None:
        self._socket.close()

    def _take(self, size: int) -> bytes:
        while len(self._rest) < size:
            self._read_more()
        taken, self._rest = self._rest[:size], self._rest[size:]
        return taken

    def _read_more(self) -> None:
        chunk = self._socket.recv(65_536)
        if not chunk:
            raise EOFError
        self._rest += chunk


def eventually(condition: Any, seconds: float = 5) -> bool:
    """Return whether the condition becomes true in so many seconds of a machine that is not busy; the loop runs meanwhile."""
    watch = Stopwatch()
    while not condition() and watch.seconds() < seconds:
        gevent.sleep(0.005)
    return bool(condition())
