"""One WebSocket on the event loop: no greenlet, no thread and no timer of its own."""

import logging
import struct
import time
from _socket import SHUT_WR, SO_LINGER, SOL_SOCKET, socket
from contextlib import suppress
from typing import Any

from gevent import get_hub

from chat.realtime.transport.frames import (
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
from chat.realtime.transport.outbox import Outbox
from chat.realtime.transport.parser import FrameParser
from chat.realtime.transport.receiver import NOBODY, Limits, Receiver
from chat.realtime.transport.wheel import Wheel

__all__ = ["Limits", "Receiver", "WebSocket"]

log = logging.getLogger(__name__)

_READABLE, _WRITABLE = 1, 2
# One read at a time, so that who floods us waits for everyone else's turn. 16 KiB are 2,700 empty frames or 2 ms of work.
_READ_BYTES, _MOST_READ_BYTES = 16 * 1024, 64 * 1024
_LOOK_AGAIN_SECONDS = 1.0
_RESET = struct.pack("ii", 1, 0)


class WebSocket:
    """A server's end of a connection. It owns the socket, which is gone at most `close_seconds` after the connection closed."""

    __slots__ = (
        "_deadline",
        "_is_paused",
        "_limits",
        "_on_wheel",
        "_outbox",
        "_parser",
        "_socket",
        "_watcher",
        "_wheel",
        "is_open",
        "receiver",
    )

    def __init__(self, sock: socket, wheel: Wheel, limits: Limits, early: bytes = b"") -> None:
        self._socket: socket | None = sock
        self._wheel = wheel
        self._limits = limits
        self._parser = FrameParser(limits.message_bytes, limits.binary)
        self._parser.feed(early)
        self._watcher: Any = None
        self._outbox: Outbox | None = None
        self._deadline = 0.0  # while blocked: when the peer must have read something; after the good-bye: when it ends
        self._on_wheel = False
        self._is_paused = False
        self.receiver: Receiver = NOBODY
        self.is_open = True

    def start(self) -> None:
        """Begin to read."""
        if self._socket is None:
            return
        loop = get_hub().loop
        self._watcher = loop.io(self._socket.fileno(), _READABLE)
        self._watcher.start(self._on_readable)
        if self._parser.missing < 2:
            loop.run_callback(self._take_messages)

    def pause(self) -> None:
        """Receive nothing until `resume`: TCP itself tells the peer to slow down."""
        if self.is_open and not self._is_paused:
            self._is_paused = True
            self._watcher.stop()

    def resume(self) -> None:
        """Go on after a `pause`."""
        if self._is_paused:
            self._read_on()
            get_hub().loop.run_callback(self._take_messages)

    def backlog(self) -> int:
        """How many bytes wait for a peer that is slow to read."""
        return self._outbox.size if self._outbox is not None else 0

    def send(self, frame: bytes) -> bool:
        """Send ready-made frames, whole and in order, without waiting; return whether the connection is open."""
        if not self.is_open:
            return False
        if self._outbox is None:
            self._write(frame)
        elif self._outbox.size + len(frame) <= self._limits.queue_bytes:
            self._outbox.put(frame)
        else:
            self._outbox.drop_unbegun()
            self.close(TRY_LATER, "reads too slowly")
        return self.is_open

    def send_text(self, text: str) -> bool:
        """Send a message."""
        return self.send(encode_frame(text.encode()))

    def close(self, code: int = NORMAL, reason: str = "") -> None:
        """Say good-bye after what is queued. Nothing is received from now on."""
        if self.is_open:
            self._end(code, reason, encode_close(code, reason))

    def abort(self) -> None:
        """End it at once, without a good-bye."""
        self._lose("aborted")

    def on_tick(self, now: float) -> float:
        """Asked by the wheel while the peer is expected to do something."""
        if self._socket is None or (self.is_open and self._outbox is None):
            self._on_wheel = False
        elif now >= self._deadline:
            self._lose("did not read" if self.is_open else "did not close")
        else:
            return min(_LOOK_AGAIN_SECONDS, self._deadline - now)
        return 0

    def _on_readable(self) -> None:
        assert self._socket is not None
        try:
            chunk = self._socket.recv(min(max(_READ_BYTES, self._parser.missing), _MOST_READ_BYTES))
        except BlockingIOError:
            return
        except OSError:
            chunk = b""
        if not chunk:
            self._lose("connection lost")
        elif self.is_open:
            self._parser.feed(chunk)
            self._take_messages()
        # What comes after the good-bye is read and dropped: left unread it would turn our close into a reset.

    def _take_messages(self) -> None:
        try:
            self._deliver()
        except ProtocolError as error:
            self.close(error.code, error.reason)
        except Exception:
            log.exception("A receiver failed; its connection is closed")
            self.close(INTERNAL)

    def _deliver(self) -> None:
        pongs: list[bytes] = []
        try:
            while self.is_open and not self._is_paused and (message := self._parser.next_message()) is not None:
                opcode, payload = message
                if opcode == PING:
                    pongs.append(encode_frame(payload, PONG))
                elif opcode <= BINARY:
                    self._answer(pongs)
                    self.receiver.on_message(payload)
                elif opcode == CLOSE:
                    self._answer(pongs)
                    self._end_as_asked(payload)
        finally:
            self._answer(pongs)

    def _answer(self, pongs: list[bytes]) -> None:
        if not pongs:
            return
        if self._outbox is None:
            self.send(b"".join(pongs))
        else:
            self._outbox.pong = pongs[-1]  # a peer that pings and does not read must not fill its queue
        pongs.clear()

    def _end_as_asked(self, payload: bytes) -> None:
        code, reason = decode_close(payload)
        self._end(code, reason, encode_close(code, ""))

    def _end(self, code: int, reason: str, farewell: bytes) -> None:
        self._leave(code, reason)
        self._deadline = time.monotonic() + self._limits.close_seconds
        if self._outbox is None:
            self._write(farewell)
        else:
            self._outbox.put(farewell)
        if self._socket is not None:
            self._watch_time()
            self._read_on()
            self._finish_writing()

    def _write(self, frame: bytes) -> None:
        assert self._socket is not None
        try:
            sent = self._socket.send(frame)
        except BlockingIOError:
            sent = 0
        except OSError:
            self._lose("connection lost")
            return
        if sent < len(frame):
            self._block(memoryview(frame)[sent:], begun=sent > 0)

    def _block(self, rest: memoryview, begun: bool) -> None:
        assert self._socket is not None
        self._outbox = Outbox(get_hub().loop.io(self._socket.fileno(), _WRITABLE))
        self._outbox.put(rest, begun)
        self._outbox.watcher.start(self._on_writable)
        if self.is_open:
            self._deadline = time.monotonic() + self._limits.stall_seconds
        self._watch_time()

    def _on_writable(self) -> None:
        assert self._socket is not None
        assert self._outbox is not None
        try:
            emptied = self._outbox.flush(self._socket)
        except OSError:
            self._lose("connection lost")
            return
        if self.is_open:
            self._deadline = time.monotonic() + self._limits.stall_seconds
        if emptied:
            pong = self._outbox.pong
            self._unblock()
            if self.is_open and pong is not None:
                self._write(pong)
            self._finish_writing()

    def _unblock(self) -> None:
        if self._outbox is not None:
            self._outbox.watcher.close()
            self._outbox = None

    def _finish_writing(self) -> None:
        """Once the good-bye is out nothing follows; the peer closes, too, and then the descriptor goes."""
        if not self.is_open and self._outbox is None and self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(SHUT_WR)

    def _read_on(self) -> None:
        self._is_paused = False
        if self._watcher is None:
            self.start()
        elif not self._watcher.active:
            self._watcher.start(self._on_readable)

    def _watch_time(self) -> None:
        if not self._on_wheel:
            self._on_wheel = True
            self._wheel.add(self, min(_LOOK_AGAIN_SECONDS, self._deadline - time.monotonic()))

    def _lose(self, reason: str) -> None:
        if self._socket is None:
            return
        if self._outbox is not None:
            # The kernel, too, forgets at once what the peer never read.
            with suppress(OSError):
                self._socket.setsockopt(SOL_SOCKET, SO_LINGER, _RESET)
        self._unblock()
        if self._watcher is not None:  # before its descriptor's number may become another's
            self._watcher.close()
            self._watcher = None
        self._socket.close()
        self._socket = None
        self._leave(ABNORMAL, reason)

    def _leave(self, code: int, reason: str) -> None:
        if self.is_open:
            self.is_open = False
            get_hub().loop.run_callback(self._tell, code, reason)

    def _tell(self, code: int, reason: str) -> None:
        receiver, self.receiver = self.receiver, NOBODY  # a ring of references would wait for the collector
        try:
            receiver.on_closed(code, reason)
        except Exception:
            log.exception("A receiver failed to hear that its connection is closed")
