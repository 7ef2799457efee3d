"""One WebSocket on the event loop: no greenlet, no thread and no timer of its own."""

import logging
from _socket import socket
from typing import Any

from gevent import get_hub

from gevent_socketio.timer_wheel import Wheel
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
from gevent_socketio.websocket.receiver import NOBODY, Limits, Receiver
from gevent_socketio.websocket.sender import Sender

__all__ = ["Limits", "Receiver", "WebSocket"]

log = logging.getLogger(__name__)

_READABLE = 1
# One read at a time, so that who floods us waits for everyone else's turn: 16 KiB may be 2,700 empty frames.
_READ_BYTES, _MOST_READ_BYTES = 16 * 1024, 64 * 1024


class WebSocket(Sender):
    """A server's end of a connection. It owns the socket, which is gone at most `close_seconds` after the connection closed."""

    __slots__ = ("_is_paused", "_parser", "_watcher", "receiver")

    def __init__(self, sock: socket, wheel: Wheel, limits: Limits, early: bytes = b"") -> None:
        super().__init__(sock, wheel, limits)
        self.receiver: Receiver = NOBODY
        self._parser = FrameParser(limits.message_bytes, limits.binary)
        self._parser.feed(early)
        self._watcher: Any = None
        self._is_paused = False

    def start(self) -> None:
        """Begin to receive."""
        if self._socket is not None and self._watcher is None:
            self._watcher = get_hub().loop.io(self._socket.fileno(), _READABLE)
            self._read_on()

    def pause(self) -> None:
        """Receive nothing until `resume`: TCP itself tells the peer to slow down."""
        if self.is_open and not self._is_paused:
            self._is_paused = True
            self._watcher.stop()

    def resume(self) -> None:
        """Go on after a `pause`."""
        if self._is_paused and self._watcher is not None:
            self._is_paused = False
            self._read_on()

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
                    continue
                self._answer(pongs)
                if opcode <= BINARY:
                    self.receiver.on_message(payload)
                elif opcode == CLOSE:
                    code, reason = decode_close(payload)
                    self._end(code, reason, encode_close(code, ""))
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

    def _end(self, code: int, reason: str, farewell: bytes) -> None:
        self._leave(code, reason)
        self._deadline = 0.0
        self._expect(self._limits.close_seconds)
        if self._outbox is None:
            self._write(farewell)
        else:
            self._outbox.put(farewell)
        self.start()
        self.resume()
        self._finish()

    def _read_on(self) -> None:
        self._watcher.start(self._on_readable)
        if self._parser.missing < 2:  # something was read that is not delivered
            get_hub().loop.run_callback(self._take_messages)

    def _on_lost(self, reason: str) -> None:
        if self._watcher is not None:  # before the descriptor's number may become another's
            self._watcher.close()
            self._watcher = None
        self._leave(ABNORMAL, reason)

    def _leave(self, code: int, reason: str) -> None:
        if self.is_open:
            self.is_open = False
            self._divert(None)
            get_hub().loop.run_callback(self._tell, code, reason)

    def _tell(self, code: int, reason: str) -> None:
        receiver, self.receiver = self.receiver, NOBODY  # a ring of references would wait for the collector
        try:
            receiver.on_closed(code, reason)
        except Exception:
            log.exception("A receiver failed to hear that its connection is closed")
