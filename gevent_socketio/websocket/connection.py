"""One WebSocket on the event loop: no greenlet, no thread and no timer of its own.

A connection passes through three phases:
- open (`is_open`): frames are written directly, or queued in a write buffer while the kernel's buffer is full;
- closing: the close frame is sent or queued, and the peer has `close_seconds` to close;
- gone: the descriptor is closed. Only `_lose` does that: on end of file, error, timeout or `abort`.
"""

import logging
import struct
import time
from _socket import SHUT_WR, SO_LINGER, SOL_SOCKET, socket
from contextlib import suppress
from typing import Any, Protocol

from gevent import get_hub

from gevent_socketio.websocket.frames import (
    ABNORMAL,
    BINARY,
    CLOSE,
    INTERNAL,
    NORMAL,
    PING,
    PONG,
    TRY_LATER,
    ProtocolError,
    decode_close,
    encode_close,
    encode_frame,
)
from gevent_socketio.websocket.parser import FrameParser
from gevent_socketio.websocket.server_state import ServerState
from gevent_socketio.websocket.write_buffer import WriteBuffer

log = logging.getLogger(__name__)

_READABLE, _WRITABLE = 1, 2
# One read at a time, so that a peer that floods us waits for all others: 16 KiB can be 2,700 empty frames.
_READ_BYTES, _MAX_READ_BYTES = 16 * 1024, 64 * 1024
_CHECK_SECONDS = 1.0
# SO_LINGER with a timeout of 0: close() drops what was not sent and resets the connection.
_RESET = struct.pack("ii", 1, 0)


class MessageListener(Protocol):
    """Receives what arrives on a WebSocket. Called from the loop: must not block."""

    def on_message(self, message: str | bytes) -> None:
        """Handle a whole message."""
        ...

    def on_closed(self, code: int, reason: str) -> None:
        """Handle the end, once, in a callback of its own: never within `send`, `close` or `abort`."""
        ...


class NullMessageListener:
    """Stands in before a listener is set, and after the connection has ended."""

    def on_message(self, message: str | bytes) -> None:
        """Ignore it."""

    def on_closed(self, code: int, reason: str) -> None:
        """Ignore it."""


_NULL_LISTENER = NullMessageListener()


class WebSocket:
    """The server's end of a connection. It owns its socket."""

    __slots__ = (
        "_buffer",
        "_deadline",
        "_is_on_wheel",
        "_is_paused",
        "_parser",
        "_read_watcher",
        "_server",
        "_socket",
        "direct_socket",
        "is_open",
        "listener",
    )

    def __init__(self, sock: socket, server: ServerState, early_data: bytes = b"") -> None:
        """Take a non-blocking socket, and the bytes that were read from it after the HTTP request."""
        self.is_open = True
        self.listener: MessageListener = _NULL_LISTENER
        # The socket while it is open and nothing is buffered, else None: `Recipients` writes whole frames to it without coming
        # through `send`. Writing while something is buffered would put a frame in the middle of another one.
        self.direct_socket: socket | None = sock
        self._server = server
        self._socket: socket | None = sock
        self._buffer: WriteBuffer | None = None
        # While blocked: when the peer must have read something. While closing: when the connection ends.
        self._deadline = 0.0
        self._is_on_wheel = False
        self._parser = FrameParser(server.limits.message_bytes, server.limits.binary)
        self._parser.feed(early_data)
        self._read_watcher: Any = None
        self._is_paused = False

    # For the listener.

    def start(self) -> None:
        """Start to receive; set the listener first."""
        if self._socket is not None and self._read_watcher is None:
            self._read_watcher = get_hub().loop.io(self._socket.fileno(), _READABLE)
            self._read_on()

    def pause(self) -> None:
        """Receive nothing until `resume`. TCP's flow control then slows down the peer."""
        if self.is_open and not self._is_paused:
            self._is_paused = True
            self._read_watcher.stop()

    def resume(self) -> None:
        """Continue after `pause`."""
        if self._is_paused and self._read_watcher is not None:
            self._is_paused = False
            self._read_on()

    def send(self, frames: bytes) -> bool:
        """Send encoded frames, whole and in order, without blocking; return whether the connection is open."""
        if not self.is_open:
            return False
        if self._buffer is None:
            self._write(frames)
        elif self._buffer.size + len(frames) <= self._server.limits.queue_bytes:
            self._buffer.put(frames)
        else:
            self._buffer.drop_unsent()
            self.close(TRY_LATER, "reads too slowly")
        return self.is_open

    def send_text(self, text: str) -> bool:
        """Send a text message."""
        return self.send(encode_frame(text.encode()))

    def queue_rest(self, frames: bytes, sent: int) -> None:
        """Queue the rest of frames of which `direct_socket` has accepted the first `sent` bytes."""
        self._block(memoryview(frames)[sent:], is_partly_sent=sent > 0)

    def close(self, code: int = NORMAL, reason: str = "") -> None:
        """Send a close frame after what is queued. Nothing is received from now on."""
        if self.is_open:
            self._end(code, reason, encode_close(code, reason))

    def abort(self) -> None:
        """Close the socket at once, without a close frame."""
        self._lose("aborted")

    def backlog(self) -> int:
        """Return how many bytes wait for the peer."""
        return self._buffer.size if self._buffer is not None else 0

    def on_tick(self, now: float) -> float:
        """Check the deadline; on the timer wheel only while the peer is expected to do something."""
        if self._buffer is not None:
            # epoll reports room only when a third of the kernel's buffer is free: too late for a slow line.
            self._on_writable()
        if self._socket is None or (self.is_open and self._buffer is None):
            self._is_on_wheel = False
        elif now >= self._deadline:
            self._lose("did not read" if self.is_open else "did not close")
        else:
            return min(_CHECK_SECONDS, self._deadline - now)
        return 0

    # Receiving.

    def _read_on(self) -> None:
        self._read_watcher.start(self._on_readable)
        if self._parser.missing < 2:  # some bytes were read and not parsed; the watcher would not report them
            get_hub().loop.run_callback(self._handle_messages)

    def _on_readable(self) -> None:
        assert self._socket is not None
        try:
            chunk = self._socket.recv(min(max(_READ_BYTES, self._parser.missing), _MAX_READ_BYTES))
        except BlockingIOError:
            return
        except OSError:
            chunk = b""
        if not chunk:
            self._lose("connection lost")
        elif self.is_open:
            self._parser.feed(chunk)
            self._handle_messages()
        # While closing, data is read and dropped: close() with unread data sends a reset, which can destroy our close frame.

    def _handle_messages(self) -> None:
        try:
            self._deliver_messages()
        except ProtocolError as error:
            self.close(error.code, error.reason)
        except Exception:
            log.exception("A message listener failed; its connection is closed")
            self.close(INTERNAL)

    def _deliver_messages(self) -> None:
        pongs: list[bytes] = []
        try:
            # The listener can pause or close the connection with each message.
            while self.is_open and not self._is_paused and (message := self._parser.next_message()) is not None:
                opcode, payload = message
                if opcode == PING:
                    pongs.append(encode_frame(payload, PONG))
                    continue
                self._send_pongs(pongs)
                if opcode <= BINARY:
                    self.listener.on_message(payload)
                elif opcode == CLOSE:
                    code, reason = decode_close(payload)
                    self._end(code, reason, encode_close(code, ""))
        finally:
            self._send_pongs(pongs)

    def _send_pongs(self, pongs: list[bytes]) -> None:
        if not pongs:
            return
        if self._buffer is None:
            self.send(b"".join(pongs))
        else:
            self._buffer.pong = pongs[-1]
        pongs.clear()

    # Sending.

    def _write(self, frames: bytes) -> None:
        assert self._socket is not None
        try:
            sent = self._socket.send(frames)
        except BlockingIOError:
            sent = 0
        except OSError:
            self._lose("connection lost")
            return
        if sent < len(frames):
            self.queue_rest(frames, sent)

    def _block(self, rest: memoryview, is_partly_sent: bool) -> None:
        assert self._socket is not None
        self._set_direct_socket(None)
        self._buffer = WriteBuffer(get_hub().loop.io(self._socket.fileno(), _WRITABLE))
        self._buffer.put(rest, is_partly_sent)
        self._buffer.watcher.start(self._on_writable)
        self._set_deadline(self._server.limits.stall_seconds)

    def _on_writable(self) -> None:
        assert self._socket is not None
        assert self._buffer is not None
        try:
            sent = self._buffer.flush(self._socket)
        except OSError:
            self._lose("connection lost")
            return
        if not self._buffer.size:
            self._unblock()
        elif sent:
            self._set_deadline(self._server.limits.stall_seconds)

    def _unblock(self) -> None:
        pong = self._drop_buffer()
        if self.is_open:
            self._set_direct_socket(self._socket)
            if pong is not None:
                self._write(pong)
        self._shut_down_if_sent()

    def _drop_buffer(self) -> bytes | None:
        """Remove the buffer, and return the pong that waited for its end."""
        buffer, self._buffer = self._buffer, None
        if buffer is None:
            return None
        buffer.watcher.close()
        return buffer.pong

    def _set_direct_socket(self, sock: socket | None) -> None:
        self.direct_socket = sock
        self._server.route_version += 1

    def _set_deadline(self, seconds: float) -> None:
        if self.is_open or not self._deadline:  # while closing, progress does not extend the deadline
            self._deadline = time.monotonic() + seconds
        if not self._is_on_wheel:
            self._is_on_wheel = True
            self._server.wheel.add(self, min(_CHECK_SECONDS, seconds))

    # Closing.

    def _end(self, code: int, reason: str, close_frame: bytes) -> None:
        """Go from open to closing."""
        self._leave(code, reason)
        self._deadline = 0.0
        self._set_deadline(self._server.limits.close_seconds)
        if self._buffer is None:
            self._write(close_frame)
        else:
            self._buffer.put(close_frame)
        # Reads on even if paused or never started: only so is the peer's end of file seen.
        self.start()
        self.resume()
        self._shut_down_if_sent()

    def _shut_down_if_sent(self) -> None:
        """Send end of file once the close frame was written; the peer closes too, and then the descriptor is closed."""
        if not self.is_open and self._buffer is None and self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(SHUT_WR)

    def _lose(self, reason: str) -> None:
        """Go from open or closing to gone."""
        if self._socket is None:
            return
        if self._buffer is not None:
            # Else the kernel would keep what the peer never read for minutes.
            with suppress(OSError):
                self._socket.setsockopt(SOL_SOCKET, SO_LINGER, _RESET)
        # Both watchers close before the socket: its descriptor's number can be another connection's right after.
        if self._read_watcher is not None:
            self._read_watcher.close()
            self._read_watcher = None
        self._leave(ABNORMAL, reason)
        self._drop_buffer()
        self._socket.close()
        self._socket = None

    def _leave(self, code: int, reason: str) -> None:
        """Stop to be open. The listener is called later, because a caller of `send` does not expect to be called back."""
        if self.is_open:
            self.is_open = False
            self._set_direct_socket(None)
            get_hub().loop.run_callback(self._notify_closed, code, reason)

    def _notify_closed(self, code: int, reason: str) -> None:
        # Breaks the reference cycle with the listener, which would else stay in memory until the garbage collector runs.
        listener, self.listener = self.listener, _NULL_LISTENER
        try:
            listener.on_closed(code, reason)
        except Exception:
            log.exception("A message listener failed to handle the end of its connection")
