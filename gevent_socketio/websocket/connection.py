"""One WebSocket on the event loop: no greenlet, no thread and no timer of its own.

While it is open (`is_open`), frames are written directly, or queued in a write buffer while the kernel's buffer is full.
After that it does nothing: `close`, or a close frame of the peer, hands the socket over to a `ClosingSocket`; end of file, an
error, a peer that reads nothing, and `abort` close the descriptor at once.
"""

import logging
import time
from _socket import socket
from typing import Any

from gevent import get_hub

from gevent_socketio.websocket.closing import CHECK_SECONDS, ClosingSocket, Detached, close_now
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
from gevent_socketio.websocket.listener import NULL_LISTENER, MessageListener
from gevent_socketio.websocket.parser import FrameParser
from gevent_socketio.websocket.server_state import ServerState
from gevent_socketio.websocket.write_buffer import WriteBuffer

log = logging.getLogger(__name__)

_READABLE, _WRITABLE = 1, 2
# One read at a time, so that a peer that floods us waits for all others: 16 KiB can be 2,700 empty frames.
_READ_BYTES, _MAX_READ_BYTES = 16 * 1024, 64 * 1024


class WebSocket:
    """The server's end of a connection. It owns its socket while it is open."""

    __slots__ = (
        "_buffer",
        "_closing",
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
        self.listener: MessageListener = NULL_LISTENER
        # The socket while it is open and nothing is buffered, else None: `Recipients` writes whole frames to it without coming
        # through `send`. Writing while something is buffered would put a frame in the middle of another one.
        self.direct_socket: socket | None = sock
        self._server = server
        self._socket: socket | None = sock
        self._buffer: WriteBuffer | None = None
        self._closing: ClosingSocket | None = None
        # While something is buffered: when the peer must have read some of it.
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
        """Close the socket at once, without a close frame or without the peer's answer to it."""
        if self._closing is not None:
            self._closing.abort()
        else:
            self._lose("aborted")

    def backlog(self) -> int:
        """Return how many bytes wait for the peer."""
        return self._buffer.size if self._buffer is not None else 0

    def on_tick(self, now: float) -> float:
        """Check the deadline; on the timer wheel only while something is buffered."""
        if self._buffer is not None:
            # epoll reports room only when a third of the kernel's buffer is free: too late for a slow line.
            self._on_writable()
        if self._buffer is None:
            self._is_on_wheel = False
        elif now >= self._deadline:
            self._lose("did not read")
        else:
            return min(CHECK_SECONDS, self._deadline - now)
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
        else:
            self._parser.feed(chunk)
            self._handle_messages()

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
        self._expect_reading()

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
            self._expect_reading()

    def _unblock(self) -> None:
        buffer, self._buffer = self._buffer, None
        assert buffer is not None
        buffer.watcher.close()
        self._set_direct_socket(self._socket)
        if buffer.pong is not None:
            self._write(buffer.pong)

    def _set_direct_socket(self, sock: socket | None) -> None:
        self.direct_socket = sock
        self._server.route_version += 1

    def _expect_reading(self) -> None:
        """Give the peer `stall_seconds` from now to read some of what is buffered."""
        seconds = self._server.limits.stall_seconds
        self._deadline = time.monotonic() + seconds
        if not self._is_on_wheel:
            self._is_on_wheel = True
            self._server.wheel.add(self, min(CHECK_SECONDS, seconds))

    # The end.

    def _end(self, code: int, reason: str, close_frame: bytes) -> None:
        """Let the socket be closed in order."""
        self._closing = ClosingSocket(self._detach(code, reason), self._server)
        self._closing.start(close_frame)

    def _lose(self, reason: str) -> None:
        """Close the socket at once."""
        if self.is_open:
            close_now(self._detach(ABNORMAL, reason))

    def _detach(self, code: int, reason: str) -> Detached:
        """Stop to be open, and give the socket away.

        The listener is called later, because a caller of `send` does not expect to be called back.
        """
        assert self._socket is not None
        detached = Detached(self._socket, self._read_watcher, self._buffer)
        self.is_open = False
        self._socket = self._read_watcher = self._buffer = None
        self._set_direct_socket(None)
        get_hub().loop.run_callback(self._notify_closed, code, reason)
        return detached

    def _notify_closed(self, code: int, reason: str) -> None:
        # Breaks the reference cycle with the listener, which would else stay in memory until the garbage collector runs.
        listener, self.listener = self.listener, NULL_LISTENER
        try:
            listener.on_closed(code, reason)
        except Exception:
            log.exception("A message listener failed to handle the end of its connection")
