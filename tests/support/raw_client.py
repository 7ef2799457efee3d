"""A connection without manners: what an attacker writes who knows the protocol and keeps none of it."""

import socket
from typing import Self

from tests.faults.frames import CLOSE, TEXT, FrameReader, frame
from tests.faults.wire import handshake


class RawClient:
    """A WebSocket of which every byte is the test's."""

    def __init__(self, port: int, cookie: str = "", buffer: int | None = None) -> None:
        self._socket = socket.socket()
        if buffer is not None:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        self._socket.settimeout(10)
        self._socket.connect(("127.0.0.1", port))
        self._socket.sendall(handshake(port, cookie, f"http://localhost:{port}"))
        self._frames = FrameReader()
        self._waiting: list[tuple[int, bytes]] = []
        head = b""
        while b"\r\n\r\n" not in head:
            head += self._socket.recv(4_096)
        self.head, _, rest = head.partition(b"\r\n\r\n")
        self._waiting += self._frames.feed(rest)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._socket.close()

    def write(self, raw: bytes) -> None:
        self._socket.sendall(raw)

    def write_until_cut(self, raw: bytes, most: int) -> int:
        """Write the same bytes again and again; return how much went out before the connection broke."""
        written = 0
        try:
            while written < most:
                written += self._socket.send(raw)
        except OSError:
            pass
        return written

    def say(self, *packets: str) -> None:
        """Send packets, each in a frame of its own."""
        self.write(b"".join(frame(TEXT, packet.encode()) for packet in packets))

    def hear(self, beginning: str) -> str:
        """Skip to the next packet that begins so."""
        while True:
            opcode, payload = self._next_frame()
            if opcode == TEXT and payload.decode().startswith(beginning):
                return payload.decode()

    def close_code(self) -> int:
        """Skip to the server's good-bye; return its code."""
        while (frame := self._next_frame())[0] != CLOSE:
            pass
        return int.from_bytes(frame[1][:2], "big")

    def _next_frame(self) -> tuple[int, bytes]:
        while not self._waiting:
            chunk = self._socket.recv(65_536)
            assert chunk, "the server hung up without a good-bye"
            self._waiting += self._frames.feed(chunk)
        return self._waiting.pop(0)


def header(length: int) -> bytes:
    """The beginning of a long text up to its payload, which its mask leaves as it is."""
    return b"\x81\xff" + length.to_bytes(8, "big") + bytes(4)
