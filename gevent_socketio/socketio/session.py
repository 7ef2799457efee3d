"""A client's Socket.IO session: the namespaces it is connected to, over whichever transport carries it now."""

import logging
import time
from collections.abc import Sized
from functools import lru_cache
from typing import Any, NamedTuple

from gevent_socketio.engineio.connection import Engine
from gevent_socketio.engineio.packet import PreparedPacket
from gevent_socketio.interface import Application, Event, Options, Refused
from gevent_socketio.socketio import codec
from gevent_socketio.socketio.codec import Kind, NotAPacket, Packet
from gevent_socketio.socketio.inbox import Inbox
from gevent_socketio.socketio.packet_reader import PacketReader
from gevent_socketio.ways import Ways
from gevent_socketio.websocket.connection import WebSocket

log = logging.getLogger(__name__)

# What may be sent to a client while the application still decides whether to let it in.
HELD_PACKETS = 1_000

Environ = dict[str, Any]


class Session(PacketReader):
    """Sends packets to one client, and hands to the application what comes from it."""

    __slots__ = (
        "_application",
        "_carrier",
        "_held",
        "_inbox",
        "_kept",
        "_lonely_since",
        "_namespaces",
        "context",
        "environ",
        "id",
        "websocket",
    )

    def __init__(self, session_id: str, carrier: Engine, environ: Environ, application: Application, options: Options) -> None:
        super().__init__(options)
        self.id = session_id
        self._carrier = carrier
        # Where prepared frames may go without coming by here: a WebSocket, while nothing is held.
        self.websocket: WebSocket | None = None
        # The HTTP request, until a namespace lets the client in.
        self.environ: Environ | None = environ
        # For the application: whatever it knows of this client.
        self.context: Any = None
        self._application = application
        self._inbox = Inbox()
        self._namespaces: tuple[str, ...] = ()
        self._lonely_since = time.monotonic()
        # While the application decides, what is sent waits here: a client must hear its welcome first.
        self._held: list[PreparedPacket] | None = None
        # Events of one namespace that came together and are not handed on yet.
        self._kept: tuple[str, list[Event]] | None = None

    def send_packet(self, packet: PreparedPacket) -> bool:
        """Send without blocking; False once the session is over, or too much waits for its reader."""
        held = self._held
        if held is None:
            return self._carrier.send(packet)
        held.append(packet)
        return len(held) <= HELD_PACKETS

    def disconnect(self, namespace: str) -> None:
        """End one namespace: its client does not come back to it by itself. The connection stays."""
        self.send_packet(codec.disconnected(namespace))
        self._put(_Left(namespace, "server namespace disconnect"))

    def close(self, reason: str = "server disconnect") -> None:
        """End the connection; its client comes back, unless each of its namespaces was disconnected before."""
        self._carrier.close(reason)

    @property
    def is_open(self) -> bool:
        """Whether anything sent now may still arrive."""
        return not self._carrier.is_over

    def backlog(self) -> int:
        """How many bytes wait for the client to read them."""
        return self._carrier.backlog()

    # The engine calls these, from the loop.

    def on_carried(self, carrier: Engine) -> None:
        """Go by another transport from now on."""
        self._carrier = carrier
        self._divert(carrier.websocket if self._held is None else None)

    def on_message(self, message: str | bytes) -> None:
        """Take what the client sent to its turn."""
        self._put(message)

    def on_broken(self, text: str) -> None:
        """Take what is not even an Engine.IO packet."""
        self._put(_Broken(text))

    def on_closed(self, reason: str) -> None:
        """The connection is gone; what it sent before is handled first."""
        self._put(_Ended(reason))

    def is_stale(self, now: float) -> bool:
        """Whether the client has long been connected to no namespace."""
        return not self._namespaces and self._held is None and now - self._lonely_since > self._options.namespace_seconds

    def is_busy(self) -> bool:
        """Whether anything that the client sent is not handled yet."""
        return self._inbox.is_busy()

    # The inbox calls these, in its greenlet.

    def make_room(self) -> None:
        """Read on."""
        self._carrier.resume()

    def take(self, item: Any) -> None:
        """Handle what was put into the inbox; events are kept until `settle`."""
        if isinstance(item, str):
            self.read_text(item)
        elif isinstance(item, bytes):
            self.read_attachment(item)
        elif isinstance(item, _Left):
            self.settle()
            self._leave(item.namespace, item.reason)
        elif isinstance(item, _Broken):
            self.reject(item.text)
        else:
            for namespace in self._namespaces:
                self._put(_Left(namespace, item.reason))

    def handle(self, packet: Packet, text: str, attachments: list[bytes]) -> None:
        """Do what a packet says."""
        kind, namespace = packet.kind, packet.namespace
        is_connected = namespace in self._namespaces
        if is_connected and kind in (Kind.EVENT, Kind.BINARY_EVENT):
            self._keep(namespace, Event(packet.packet_id, packet.body, attachments))
            return
        self.settle()
        if is_connected and kind is Kind.DISCONNECT:
            self._leave(namespace, "client namespace disconnect")
        elif is_connected and kind in (Kind.ACK, Kind.BINARY_ACK):
            pass  # we never ask for one, so that it answers nothing
        elif not is_connected and kind is Kind.CONNECT:
            self._connect(namespace, packet.body, text)
        else:
            self.reject(text)

    def reject(self, text: str | bytes) -> None:
        """Let the application say what becomes of what is wrong."""
        self.settle()
        self._application.broken(self, text)

    def settle(self) -> None:
        """Hand on the events that came together."""
        kept, self._kept = self._kept, None
        if kept is not None:
            self._application.events(self, *kept)

    def _keep(self, namespace: str, event: Event) -> None:
        if self._kept is not None and self._kept[0] != namespace:
            self.settle()
        if self._kept is None:
            self._kept = (namespace, [event])
        else:
            self._kept[1].append(event)

    def _put(self, item: Sized) -> None:
        if not self._inbox.put(item, self):
            self._carrier.pause()

    def _connect(self, namespace: str, body: str, text: str) -> None:
        if namespace not in self._options.namespaces:
            self.send_packet(codec.refused(namespace, "Invalid namespace"))
            return
        try:
            auth = codec.decode_auth(body)
        except NotAPacket:
            self.reject(text)
            return
        self._held = []
        self._divert(None)
        answer = self._ask(namespace, auth)
        held, self._held = self._held, None
        self._carrier.send(answer)
        if self._namespaces:  # else nobody let it in, and it hears nothing
            for packet in held:
                self._carrier.send(packet)
        self._divert(self._carrier.websocket)

    def _divert(self, websocket: WebSocket | None) -> None:
        self.websocket = websocket
        Ways.changes += 1

    def _ask(self, namespace: str, auth: object) -> PreparedPacket:
        try:
            self._application.connect(self, namespace, auth)
        except Refused as refusal:
            return codec.refused(namespace, refusal.message, refusal.data)
        except Exception:
            log.exception("A client could not be let in")
            return codec.refused(namespace, "Internal error")
        self._namespaces = _with(self._namespaces, namespace)
        self.environ = None
        return codec.connected(namespace, self.id)

    def _leave(self, namespace: str, reason: str) -> None:
        if namespace in self._namespaces:
            self._namespaces = _without(self._namespaces, namespace)
            self._lonely_since = time.monotonic()
            self._application.disconnect(self, namespace, reason)


class _Left(NamedTuple):
    namespace: str
    reason: str


class _Broken(NamedTuple):
    text: str


class _Ended(NamedTuple):
    reason: str


# Sessions in the same namespaces share one tuple; there are only as many as Options.namespaces allows.
@lru_cache(maxsize=64)
def _with(namespaces: tuple[str, ...], namespace: str) -> tuple[str, ...]:
    return (*namespaces, namespace)


@lru_cache(maxsize=64)
def _without(namespaces: tuple[str, ...], namespace: str) -> tuple[str, ...]:
    return tuple(other for other in namespaces if other != namespace)
