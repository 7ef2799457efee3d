"""The closing handshake: from the close frame until the descriptor is closed."""

import struct
import time
from _socket import SHUT_WR, SO_LINGER, SOL_SOCKET, socket
from contextlib import suppress
from typing import Any, NamedTuple

from gevent import get_hub

from gevent_socketio.websocket.server_state import ServerState
from gevent_socketio.websocket.write_buffer import WriteBuffer

CHECK_SECONDS = 1.0

_READABLE, _WRITABLE = 1, 2
_READ_BYTES = 64 * 1024
# SO_LINGER with a timeout of 0: close() drops what was not sent and resets the connection.
_RESET = struct.pack("ii", 1, 0)


class Detached(NamedTuple):
    """A socket that its WebSocket has given away, with what watches it and what waits for it."""

    socket: socket
    read_watcher: Any
    buffer: WriteBuffer | None


def close_now(detached: Detached) -> None:
    """Close the descriptor."""
    sock, read_watcher, buffer = detached
    if buffer is not None:
        # Else the kernel would keep what the peer never read for minutes.
        with suppress(OSError):
            sock.setsockopt(SOL_SOCKET, SO_LINGER, _RESET)
        buffer.watcher.close()
    # Both watchers close before the socket: its descriptor's number can be another connection's right after.
    if read_watcher is not None:
        read_watcher.close()
    sock.close()


class ClosingSocket:
    """Sends what is buffered and the close frame, and then waits for the peer to close, at most `close_seconds`.

    What arrives is read and dropped: close() with unread data sends a reset, which can destroy our close frame.
    """

    __slots__ = ("_buffer", "_deadline", "_read_watcher", "_socket", "_wheel")

    def __init__(self, detached: Detached, server: ServerState) -> None:
        self._socket: socket | None = detached.socket
        # A connection that was paused or never started is read, too: only so is the peer's end of file seen.
        self._read_watcher = detached.read_watcher or get_hub().loop.io(detached.socket.fileno(), _READABLE)
        self._buffer = detached.buffer
        self._wheel = server.wheel
        self._deadline = time.monotonic() + server.limits.close_seconds

    def start(self, close_frame: bytes) -> None:
        """Send the close frame after what is buffered."""
        self._read_watcher.stop()
        self._read_watcher.start(self._on_readable)
        self._wheel.add(self, min(CHECK_SECONDS, self._deadline - time.monotonic()))
        if self._buffer is None:
            self._send(close_frame)
        else:
            self._buffer.put(close_frame)
            self._buffer.watcher.stop()
            self._buffer.watcher.start(self._on_writable)

    def abort(self) -> None:
        """Close the descriptor now."""
        if self._socket is not None:
            close_now(Detached(self._socket, self._read_watcher, self._buffer))
            self._socket = self._read_watcher = self._buffer = None

    def on_tick(self, now: float) -> float:
        """Close the descriptor at the deadline, which progress does not extend."""
        if self._buffer is not None:
            # epoll reports room only when a third of the kernel's buffer is free: too late for a slow line.
            self._on_writable()
        if self._socket is None:
            return 0
        if now >= self._deadline:
            self.abort()
            return 0
        return min(CHECK_SECONDS, self._deadline - now)

    def _send(self, close_frame: bytes) -> None:
        assert self._socket is not None
        try:
            sent = self._socket.send(close_frame)
        except BlockingIOError:
            sent = 0
        except OSError:
            self.abort()
            return
        if sent == len(close_frame):
            self._shut_down()
            return
        self._buffer = WriteBuffer(get_hub().loop.io(self._socket.fileno(), _WRITABLE))
        self._buffer.put(memoryview(close_frame)[sent:], sent > 0)
        self._buffer.watcher.start(self._on_writable)

    def _on_writable(self) -> None:
        assert self._socket is not None
        assert self._buffer is not None
        try:
            self._buffer.flush(self._socket)
        except OSError:
            self.abort()
            return
        if not self._buffer.size:
            self._buffer.watcher.close()
            self._buffer = None
            self._shut_down()

    def _shut_down(self) -> None:
        """Send end of file: the peer closes, too, and then the descriptor is closed."""
        assert self._socket is not None
        with suppress(OSError):
            self._socket.shutdown(SHUT_WR)

    def _on_readable(self) -> None:
        assert self._socket is not None
        try:
            chunk = self._socket.recv(_READ_BYTES)
        except BlockingIOError:
            return
        except OSError:
            chunk = b""
        if not chunk:
            self.abort()
