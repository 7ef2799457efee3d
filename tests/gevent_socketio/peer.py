"""The client's end of a WebSocket, byte by byte, which can violate the protocol."""

import time
from typing import Any
from zlib import crc32

import gevent
from gevent import socket as gevent_socket

from gevent_socketio.websocket.frames import CLOSE, TEXT

FINAL = 0x80
UPGRADE = (
    "GET /echo HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


def masked(payload: bytes | str, opcode: int = TEXT, *, final: bool = True, first: int | None = None) -> bytes:
    """Return a frame as a client sends it; `first` sets its whole first byte."""
    content = payload.encode() if isinstance(payload, str) else payload
    # Deterministic: frames are part of test names, and pytest's workers must agree on those.
    mask = crc32(content).to_bytes(4, "big")
    key = (mask * (len(content) // 4 + 1))[: len(content)]
    hidden = (int.from_bytes(content, "big") ^ int.from_bytes(key, "big")).to_bytes(len(content), "big")
    return header(len(content), opcode, final=final, first=first) + mask + hidden


def header(length: int, opcode: int = TEXT, *, final: bool = True, first: int | None = None) -> bytes:
    """Return the beginning of a client's frame up to the mask."""
    start = bytes((first if first is not None else opcode | (FINAL if final else 0),))
    if length <= 125:
        return start + bytes((0x80 | length,))
    if length <= 0xFFFF:
        return start + b"\xfe" + length.to_bytes(2, "big")
    return start + b"\xff" + length.to_bytes(8, "big")


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
    """Return whether the condition becomes true in time; the loop runs meanwhile."""
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        gevent.sleep(0.005)
    return bool(condition())
