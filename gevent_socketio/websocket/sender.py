"""The sending half of a WebSocket."""

import struct
import time
from _socket import SHUT_WR, SO_LINGER, SOL_SOCKET, socket
from contextlib import suppress

from gevent import get_hub

from gevent_socketio.timer_wheel import Wheel
from gevent_socketio.ways import Ways
from gevent_socketio.websocket.receiver import Limits
from gevent_socketio.websocket.write_buffer import Outbox

_WRITABLE = 2
_LOOK_AGAIN_SECONDS = 1.0
_RESET = struct.pack("ii", 1, 0)


class Sender:
    """Sends whole frames in order and never waits: what the socket does not take is queued, and must be read in time."""

    __slots__ = ("_deadline", "_limits", "_on_wheel", "_outbox", "_socket", "_wheel", "direct", "is_open")

    def __init__(self, sock: socket, wheel: Wheel, limits: Limits) -> None:
        self.is_open = True
        self._socket: socket | None = sock
        # The socket, while it is open and nothing waits before it: whole frames may be given to it, see `Audience`.
        self.direct: socket | None = sock
        self._wheel = wheel
        self._limits = limits
        self._outbox: Outbox | None = None
        self._deadline = 0.0  # while blocked: when the peer must have read something; after the good-bye: when it ends
        self._on_wheel = False

    def begun(self, frame: bytes, sent: int) -> None:
        """Go on with frames of which `direct` has taken so much, and no more."""
        self._block(memoryview(frame)[sent:], begun=sent > 0)

    def backlog(self) -> int:
        """How many bytes wait for a peer that is slow to read."""
        return self._outbox.size if self._outbox is not None else 0

    def abort(self) -> None:
        """End it at once, without a good-bye."""
        self._lose("aborted")

    def on_tick(self, now: float) -> float:
        """Asked by the wheel while the peer is expected to do something."""
        if self._outbox is not None:
            self._on_writable()  # epoll tells of room when a third of the kernel's buffer is free: too late for a slow line
        if self._socket is None or (self.is_open and self._outbox is None):
            self._on_wheel = False
        elif now >= self._deadline:
            self._lose("did not read" if self.is_open else "did not close")
        else:
            return min(_LOOK_AGAIN_SECONDS, self._deadline - now)
        return 0

    def _on_lost(self, reason: str) -> None:
        raise NotImplementedError

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
            self.begun(frame, sent)

    def _block(self, rest: memoryview, begun: bool) -> None:
        assert self._socket is not None
        self._divert(None)
        self._outbox = Outbox(get_hub().loop.io(self._socket.fileno(), _WRITABLE))
        self._outbox.put(rest, begun)
        self._outbox.watcher.start(self._on_writable)
        self._expect(self._limits.stall_seconds)

    def _on_writable(self) -> None:
        assert self._socket is not None
        assert self._outbox is not None
        try:
            sent = self._outbox.flush(self._socket)
        except OSError:
            self._lose("connection lost")
            return
        if not self._outbox.size:
            self._drained(self._outbox.pong)
        elif sent:
            self._expect(self._limits.stall_seconds)

    def _drained(self, pong: bytes | None) -> None:
        self._unblock()
        if self.is_open and pong is not None:
            self._write(pong)
        self._finish()

    def _finish(self) -> None:
        """Once the good-bye is out nothing follows; the peer closes, too, and then the descriptor goes."""
        if not self.is_open and self._outbox is None and self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(SHUT_WR)

    def _expect(self, seconds: float) -> None:
        """Give the peer so long; for the end there is no second term."""
        if self.is_open or not self._deadline:
            self._deadline = time.monotonic() + seconds
        if not self._on_wheel:
            self._on_wheel = True
            self._wheel.add(self, min(_LOOK_AGAIN_SECONDS, seconds))

    def _lose(self, reason: str) -> None:
        if self._socket is None:
            return
        if self._outbox is not None:
            # The kernel, too, forgets at once what the peer never read.
            with suppress(OSError):
                self._socket.setsockopt(SOL_SOCKET, SO_LINGER, _RESET)
        self._on_lost(reason)
        self._unblock()
        self._socket.close()
        self._socket = None
        self._divert(None)

    def _unblock(self) -> None:
        if self._outbox is not None:
            self._outbox.watcher.close()
            self._outbox = None
            self._divert(self._socket if self.is_open else None)

    def _divert(self, direct: socket | None) -> None:
        self.direct = direct
        Ways.changes += 1
