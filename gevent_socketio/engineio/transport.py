"""Engine.IO v4: the packets that open, keep alive and close a connection, whichever transport carries them."""

from typing import Protocol

from gevent_socketio.interface import Options
from gevent_socketio.packet import PreparedPacket
from gevent_socketio.websocket.connection import WebSocket

# A packet's first character is its type; a binary message has none.
CLOSE, PONG, MESSAGE = "1", "3", "4"
CLOSE_PACKET = PreparedPacket(CLOSE)
PING_PACKET = PreparedPacket("2")
NOOP_PACKET = PreparedPacket("6")

# Reasons, as Socket.IO's own servers name them.
CLIENT_CLOSED = "client disconnect"
TRANSPORT_CLOSED = "transport close"
TRANSPORT_ERROR = "transport error"
PING_TIMEOUT = "ping timeout"
NO_NAMESPACE = "no namespace"

# A check this late was delayed by our own loop: the pong may be in the socket, unread.
LATE_SECONDS = 0.5

# Values of `_pinged_at` besides the time of a ping that is not answered yet.
_PING_NEXT, _ANSWERED = 0.0, -1.0


class SessionListener(Protocol):
    """The session that a transport carries. Called from the loop: must not block."""

    def on_transport_changed(self, transport: "Transport") -> None:
        """Send by this transport from now on: the first one, or the WebSocket after an upgrade."""
        ...

    def on_message(self, message: str | bytes) -> None:
        """Handle a message."""
        ...

    def on_invalid(self, text: str) -> None:
        """Handle what is not an Engine.IO packet."""
        ...

    def on_closed(self, reason: str) -> None:
        """Handle the end, once."""
        ...

    def is_stale(self, now: float) -> bool:
        """Whether to close the connection because the session is not used."""
        ...

    def is_busy(self) -> bool:
        """Whether a message is waiting or being handled."""
        ...


class NullSessionListener:
    """Replaces the session of a transport that is over: the timer wheel holds the transport longer, but not the session."""

    def on_transport_changed(self, transport: "Transport") -> None:
        """Ignore it."""

    def on_message(self, message: str | bytes) -> None:
        """Ignore it."""

    def on_invalid(self, text: str) -> None:
        """Ignore it."""

    def on_closed(self, reason: str) -> None:
        """Ignore it."""

    def is_stale(self, now: float) -> bool:
        """Return True: nothing needs the transport."""
        return True

    def is_busy(self) -> bool:
        """Return False: nothing waits."""
        return False


NULL_LISTENER = NullSessionListener()


class TransportOwner(Protocol):
    """The server that knows all transports."""

    options: Options

    def remove(self, transport: "Transport") -> None:
        """Remove a transport that is over."""

    def release(self, sid: str) -> None:
        """Answer no more polls with this id; calling it again does nothing."""

    def replace(self, old: "Transport", new: "Transport") -> None:
        """Move the session of one transport to another."""


class Transport:
    """What both transports share: the meaning of packets, and the heartbeat, driven by the timer wheel.

    On the wheel the whole time: `on_tick` alternates between sending a ping and checking its answer.
    """

    __slots__ = ("_owner", "_pinged_at", "is_over", "is_paused", "listener", "websocket")

    def __init__(self, owner: TransportOwner) -> None:
        # Once True, nothing is received or sent any more, and the listener was notified.
        self.is_over = False
        self.listener: SessionListener = NULL_LISTENER
        # The WebSocket that carries it, if any.
        self.websocket: WebSocket | None = None
        self.is_paused = False
        self._owner = owner
        self._pinged_at = _PING_NEXT

    def send(self, packet: PreparedPacket) -> bool:
        """Send without blocking; False if it cannot arrive any more."""
        raise NotImplementedError

    def close(self, reason: str) -> None:
        """Send a close packet and end the connection."""
        raise NotImplementedError

    def pause(self) -> None:
        """Receive nothing from the client until `resume`."""
        raise NotImplementedError

    def resume(self) -> None:
        """Receive messages again."""
        raise NotImplementedError

    def backlog(self) -> int:
        """Return how many bytes wait for the client."""
        raise NotImplementedError

    def abort(self, reason: str = TRANSPORT_ERROR) -> None:
        """End a connection that failed: nothing more arrives."""
        self.close(reason)

    def on_message(self, message: str | bytes) -> None:
        """Handle a packet from the client."""
        if self.is_over:
            return
        if isinstance(message, bytes):
            self.listener.on_message(message)
        elif message[:1] == MESSAGE:
            self.listener.on_message(message[1:])
        elif message == PONG:
            self.on_pong()
        elif message == CLOSE:
            self.on_client_closed()
        else:
            self.listener.on_invalid(message)

    def on_pong(self) -> None:
        """Note that the client has answered."""
        if self._pinged_at > _PING_NEXT:
            self._pinged_at = _ANSWERED

    def on_client_closed(self) -> None:
        """Handle a close packet."""
        self.close(CLIENT_CLOSED)

    def on_tick(self, now: float) -> float:
        """Send a ping, or check whether the last one was answered; return the seconds until the other."""
        options = self._owner.options
        if self.is_over:
            return 0
        if self._pinged_at > _PING_NEXT:
            return self._check_pong(now, options)
        if self._pinged_at == _ANSWERED:
            self._pinged_at = _PING_NEXT
            return max(options.ping_seconds - options.pong_seconds, 0.001)
        if self.listener.is_stale(now):
            self.close(NO_NAMESPACE)
            return 0
        self._pinged_at = now
        self.send(PING_PACKET)
        return options.pong_seconds

    def _check_pong(self, now: float, options: Options) -> float:
        if self.is_paused:  # the pong waits behind what we do not read
            return options.pong_seconds
        if now - self._pinged_at > options.pong_seconds + LATE_SECONDS:
            # Our loop was late: read what arrived in the meantime first, and then check once more.
            self._pinged_at = now - options.pong_seconds
            return LATE_SECONDS / 2
        self.abort(PING_TIMEOUT)
        return 0

    def _finish(self, reason: str) -> None:
        self.is_over = True
        self._owner.remove(self)
        listener, self.listener = self.listener, NULL_LISTENER
        listener.on_closed(reason)
