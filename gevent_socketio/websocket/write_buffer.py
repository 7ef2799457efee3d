"""Write buffer for a socket that would block."""

from _socket import socket
from collections import deque
from typing import Any

_SEND_BYTES = 64 * 1024


class WriteBuffer:
    """Frames in order; the first may be partly sent. Exists only while its socket would block."""

    __slots__ = ("_chunks", "_is_partly_sent", "pong", "size", "watcher")

    def __init__(self, watcher: Any) -> None:
        """`watcher` is the loop's, for the socket being writable; the caller starts and closes it."""
        self.watcher = watcher
        self.size = 0
        # One pong for any number of pings, sent when the buffer is empty (RFC 6455, 5.5.3). A peer that pings and does not read
        # cannot fill its buffer that way.
        self.pong: bytes | None = None
        self._chunks: deque[bytes | memoryview] = deque()
        self._is_partly_sent = False

    def put(self, chunk: bytes | memoryview, is_partly_sent: bool = False) -> None:
        """Add bytes to be sent; `is_partly_sent` says that the first frame's beginning has reached the peer already."""
        self._is_partly_sent = self._is_partly_sent or is_partly_sent
        self._chunks.append(chunk)
        self.size += len(chunk)

    def flush(self, sock: socket) -> int:
        """Send what the socket accepts and return the number of bytes. Raises OSError."""
        chunk = self._take()
        try:
            sent = sock.send(chunk)
        except BlockingIOError:
            sent = 0
        self.size -= sent
        if sent == len(chunk):
            self._is_partly_sent = False
        else:
            self._is_partly_sent = self._is_partly_sent or sent > 0
            self._chunks.appendleft(memoryview(chunk)[sent:])
        return sent

    def drop_unsent(self) -> None:
        """Drop all chunks but a partly sent one, so that what the peer gets ends at the end of a frame."""
        self._chunks = deque([self._chunks[0]] if self._is_partly_sent else [])
        self.size = sum(map(len, self._chunks))

    def _take(self) -> bytes | memoryview:
        """Take enough chunks for one system call."""
        chunk = self._chunks.popleft()
        if not self._chunks or len(chunk) >= _SEND_BYTES:
            return chunk
        parts, size = [chunk], len(chunk)
        while self._chunks and size < _SEND_BYTES:
            parts.append(self._chunks.popleft())
            size += len(parts[-1])
        return b"".join(parts)
