"""Engine.IO v4: the few packets that open, keep alive and close a connection, whichever transport carries them."""

from functools import lru_cache
from typing import Protocol

import msgspec

from gevent_socketio.engineio.packet import PreparedPacket
from gevent_socketio.interface import Options
from gevent_socketio.websocket.connection import WebSocket

# A packet's first character says what it is; a binary message has none.
CLOSE, PONG, MESSAGE = "1", "3", "4"
CLOSE_PACKET = PreparedPacket(CLOSE)
PING_PACKET = PreparedPacket("2")
NOOP_PACKET = PreparedPacket("6")

CLIENT_CLOSED = "client disconnect"
TRANSPORT_CLOSED = "transport close"
TRANSPORT_ERROR = "transport error"
PING_TIMEOUT = "ping timeout"
NO_NAMESPACE = "no namespace"

# A check that comes so late was held up by ourselves: the answer may lie unread in the socket.
LATE_SECONDS = 0.5

# What `_pinged_at` holds, beside the time of a ping that waits for its answer.
_TO_PING, _ANSWERED = 0.0, -1.0


class Receiver(Protocol):
    """What stands above an engine. Called from the loop; must not block."""

    def on_carried(self, carrier: "Engine") -> None: ...
    def on_message(self, message: str | bytes) -> None: ...
    def on_broken(self, text: str) -> None: ...
    def on_closed(self, reason: str) -> None: ...
    def is_stale(self, now: float) -> bool: ...
    def is_busy(self) -> bool: ...


class Nobody:
    """Stands above an engine that is over, so that its session goes at once and does not wait for the wheel to come by."""

    def on_carried(self, _carrier: "Engine") -> None:
        """Forget it."""

    def on_message(self, _message: str | bytes) -> None:
        """Forget it."""

    def on_broken(self, _text: str) -> None:
        """Forget it."""

    def on_closed(self, _reason: str) -> None:
        """Forget it."""

    def is_stale(self, _now: float) -> bool:
        """Tell that nobody needs it."""
        return True

    def is_busy(self) -> bool:
        """Tell that nothing waits for it."""
        return False


NOBODY = Nobody()


class Registry(Protocol):
    """Who knows all engines."""

    options: Options

    def forget(self, engine: "Engine") -> None:
        """Count an engine no more."""

    def release(self, sid: str) -> None:
        """Answer no more polls with this id; again does nothing."""

    def adopt(self, engine: "Engine", predecessor: "Engine") -> None:
        """Let an engine take its predecessor's place."""


def open_packet(sid: str, upgrades: tuple[str, ...], options: Options) -> PreparedPacket:
    """Return the first packet of a session."""
    return PreparedPacket(f'0{{"sid":"{sid}",{_terms(upgrades, options)}')


@lru_cache(maxsize=16)
def _terms(upgrades: tuple[str, ...], options: Options) -> str:
    """What is the same for everybody, as JSON without its opening brace."""
    facts = {
        "upgrades": upgrades,
        "pingInterval": round(options.ping_seconds * 1000),
        "pingTimeout": round(options.pong_seconds * 1000),
        "maxPayload": options.message_bytes,
    }
    return msgspec.json.encode(facts).decode()[1:]


class Engine:
    """What both transports share: the meaning of the packets, and the heartbeat, which the wheel beats."""

    __slots__ = ("_pinged_at", "_registry", "is_over", "is_paused", "receiver", "websocket")

    def __init__(self, registry: Registry) -> None:
        # Whether the receiver has heard that it ended: nothing is taken or sent any more.
        self.is_over = False
        self.receiver: Receiver = NOBODY
        # What it is carried by, if that is one.
        self.websocket: WebSocket | None = None
        self._registry = registry
        self.is_paused = False
        self._pinged_at = _TO_PING

    def send(self, packet: PreparedPacket) -> bool:
        """Send without blocking; False when it cannot arrive any more."""
        raise NotImplementedError

    def close(self, reason: str) -> None:
        """Say good-bye and end the connection."""
        raise NotImplementedError

    def pause(self) -> None:
        """Take nothing from the client for a while."""
        raise NotImplementedError

    def resume(self) -> None:
        """Take messages again."""
        raise NotImplementedError

    def backlog(self) -> int:
        """How many bytes wait for the client."""
        raise NotImplementedError

    def abort(self, reason: str = TRANSPORT_ERROR) -> None:
        """End a connection that went wrong: nothing more arrives."""
        self.close(reason)

    def on_message(self, message: str | bytes) -> None:
        """Take a packet from the client."""
        if self.is_over:
            return
        if isinstance(message, bytes):
            self.receiver.on_message(message)
        elif message[:1] == MESSAGE:
            self.receiver.on_message(message[1:])
        elif message == PONG:
            self.on_pong()
        elif message == CLOSE:
            self.on_farewell()
        else:
            self.receiver.on_broken(message)

    def on_pong(self) -> None:
        """The client lives."""
        if self._pinged_at > _TO_PING:
            self._pinged_at = _ANSWERED

    def on_farewell(self) -> None:
        """The client is going."""
        self.close(CLIENT_CLOSED)

    def on_tick(self, now: float) -> float:
        """Ping, or look whether the last ping was answered; return when to do the other."""
        options = self._registry.options
        if self.is_over:
            return 0
        if self._pinged_at > _TO_PING:
            return self._judge(now, options)
        if self._pinged_at == _ANSWERED:
            self._pinged_at = _TO_PING
            return max(options.ping_seconds - options.pong_seconds, 0.001)
        if self.receiver.is_stale(now):
            self.close(NO_NAMESPACE)
            return 0
        self._pinged_at = now
        self.send(PING_PACKET)
        return options.pong_seconds

    def _judge(self, now: float, options: Options) -> float:
        if self.is_paused:  # its answer waits behind what we do not read
            return options.pong_seconds
        if now - self._pinged_at > options.pong_seconds + LATE_SECONDS:
            self._pinged_at = now - options.pong_seconds
            return LATE_SECONDS / 2
        self.abort(PING_TIMEOUT)
        return 0

    def _finish(self, reason: str) -> None:
        self.is_over = True
        self._registry.forget(self)
        receiver, self.receiver = self.receiver, NOBODY
        receiver.on_closed(reason)
