"""What a socket could not take yet."""

from _socket import socket
from collections import deque
from typing import Any

_SEND_BYTES = 64 * 1024


class Outbox:
    """Frames in their order, the first of them perhaps half sent. Exists only while its socket would block."""

    __slots__ = ("_begun", "_chunks", "pong", "size", "watcher")

    def __init__(self, watcher: Any) -> None:
        self.watcher = watcher
        self.size = 0
        self.pong: bytes | None = None  # the one answer that a flood of pings gets, once there is room (RFC 6455, 5.5.3)
        self._chunks: deque[bytes | memoryview] = deque()
        self._begun = False

    def put(self, chunk: bytes | memoryview, begun: bool = False) -> None:
        """Add what is to be sent; `begun` says that the peer has already got what comes before it in its frame."""
        self._begun = self._begun or begun
        self._chunks.append(chunk)
        self.size += len(chunk)

    def flush(self, sock: socket) -> int:
        """Send what the socket takes and return how many bytes it took. Raises OSError."""
        chunk = self._take()
        try:
            sent = sock.send(chunk)
        except BlockingIOError:
            sent = 0
        self.size -= sent
        if sent == len(chunk):
            self._begun = False
        else:
            self._begun = self._begun or sent > 0
            self._chunks.appendleft(memoryview(chunk)[sent:])
        return sent

    def drop_unbegun(self) -> None:
        """Forget all frames whose beginning is not sent: what is left still ends where a frame ends."""
        self._chunks = deque([self._chunks[0]] if self._begun else [])
        self.size = sum(map(len, self._chunks))

    def _take(self) -> bytes | memoryview:
        chunk = self._chunks.popleft()
        if not self._chunks or len(chunk) >= _SEND_BYTES:
            return chunk
        parts, size = [chunk], len(chunk)
        while self._chunks and size < _SEND_BYTES:
            parts.append(self._chunks.popleft())
            size += len(parts[-1])
        return b"".join(parts)
