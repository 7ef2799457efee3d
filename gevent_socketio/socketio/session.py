"""A client's Socket.IO session: the namespaces it is connected to, over whichever transport carries it now.

Methods named `on_...` are called from the loop and must not block: they only queue. `handle_...` and `flush` run in the inbox's
greenlet, where the application can block.
"""

import logging
import time
from collections.abc import Sized
from typing import Any
from wsgiref.types import WSGIEnvironment

from gevent_socketio.engineio.transport import Transport
from gevent_socketio.interface import Event, Refused
from gevent_socketio.packet import PreparedPacket
from gevent_socketio.socketio import codec
from gevent_socketio.socketio.codec import InvalidPacket, Kind, Packet
from gevent_socketio.socketio.deferred_packets import DeferredPackets
from gevent_socketio.socketio.inbox import Inbox
from gevent_socketio.socketio.inbox_items import ConnectionClosed, InvalidMessage, NamespaceLeft
from gevent_socketio.socketio.pending_events import PendingEvents
from gevent_socketio.socketio.shared_context import SharedContext
from gevent_socketio.websocket.connection import WebSocket

log = logging.getLogger(__name__)

# Looked up once: an enumeration's members are slow to find, and every packet comes through here.
_EVENTS = (Kind.EVENT, Kind.BINARY_EVENT)
_ACKS = (Kind.ACK, Kind.BINARY_ACK)


class Session:
    """Implements `interface.Client` for the application, and the listeners of its transport, inbox and packet reader."""

    __slots__ = (
        "_deferred_packets",
        "_inbox",
        "_namespaces",
        "_pending_events",
        "_reader",
        "_shared",
        "_transport",
        "_unconnected_since",
        "context",
        "environ",
        "id",
        "server_state",
        "websocket",
    )

    def __init__(self, session_id: str, transport: Transport, environ: WSGIEnvironment, shared: SharedContext) -> None:
        self.id = session_id
        self.context: Any = None
        self.environ: WSGIEnvironment | None = environ
        self.websocket: WebSocket | None = None
        self.server_state = shared.server_state
        self._shared = shared
        self._transport = transport
        self._inbox = Inbox()
        self._reader = shared.packet_reader()
        self._namespaces: tuple[str, ...] = ()
        self._unconnected_since = time.monotonic()
        # Set while the application decides about a CONNECT.
        self._deferred_packets: DeferredPackets | None = None
        # Events that were not handed to the application yet.
        self._pending_events: PendingEvents | None = None

    # For the application: see `interface.Client`.

    @property
    def is_open(self) -> bool:
        return not self._transport.is_over

    def send_packet(self, packet: PreparedPacket) -> bool:
        deferred = self._deferred_packets
        if deferred is None:
            return self._transport.send(packet)
        if deferred.add(packet):
            return True
        # Dropping a packet in the middle would lose it silently; a client that reconnects catches up.
        self._transport.close("too many packets before the namespace was connected")
        return False

    def disconnect(self, namespace: str) -> None:
        self.send_packet(codec.disconnected(namespace))
        self._put(NamespaceLeft(namespace, "server namespace disconnect"))

    def close(self, reason: str = "server disconnect") -> None:
        self._transport.close(reason)

    def backlog(self) -> int:
        return self._transport.backlog()

    # For the transport: see `engineio.transport.SessionListener`.

    def on_transport_changed(self, transport: Transport) -> None:
        self._transport = transport
        self._set_direct_websocket(transport.websocket if self._deferred_packets is None else None)

    def on_message(self, message: str | bytes) -> None:
        self._put(message)

    def on_invalid(self, text: str) -> None:
        self._put(InvalidMessage(text))

    def on_closed(self, reason: str) -> None:
        # Queued, so that what the client sent before is handled first.
        self._put(ConnectionClosed(reason))

    def is_stale(self, now: float) -> bool:
        """Whether the client has been connected to no namespace for too long."""
        if self._namespaces or self._deferred_packets is not None:
            return False
        return now - self._unconnected_since > self._shared.options.namespace_seconds

    def is_busy(self) -> bool:
        return self._inbox.is_busy()

    # For the inbox: see `socketio.inbox.InboxHandler`.

    def on_inbox_drained(self) -> None:
        self._transport.resume()

    def handle_item(self, item: Any) -> None:
        """Handle what `_put` has queued; events are kept until `flush`."""
        if isinstance(item, str):
            self._reader.read_text(item, self)
        elif isinstance(item, bytes):
            self._reader.read_attachment(item, self)
        elif isinstance(item, NamespaceLeft):
            self.flush()
            self._leave(item.namespace, item.reason)
        elif isinstance(item, InvalidMessage):
            self.handle_invalid(item.text)
        else:
            for namespace in self._namespaces:
                self._put(NamespaceLeft(namespace, item.reason))

    def flush(self) -> None:
        """Hand the pending events to the application."""
        pending, self._pending_events = self._pending_events, None
        if pending is not None:
            self._shared.application.events(self, pending.namespace, pending.events)

    # For the packet reader: see `socketio.packet_reader.PacketHandler`.

    def handle_packet(self, packet: Packet, text: str, attachments: list[bytes]) -> None:
        """Handle a packet according to its type."""
        kind, namespace = packet.kind, packet.namespace
        is_connected = namespace in self._namespaces
        if is_connected and kind in _EVENTS:
            self._add_event(namespace, Event(packet.ack_id, packet.body, attachments))
            return
        self.flush()  # the application sees everything in the order in which it was sent
        if is_connected and kind is Kind.DISCONNECT:
            self._leave(namespace, "client namespace disconnect")
        elif is_connected and kind in _ACKS:
            pass  # ignored: the server never requests an acknowledgement
        elif not is_connected and kind is Kind.CONNECT:
            self._connect(namespace, packet.body, text)
        else:
            self.handle_invalid(text)

    def handle_invalid(self, message: str | bytes) -> None:
        """Let the application decide how to react to an invalid message."""
        self.flush()
        self._shared.application.invalid(self, message)

    def _add_event(self, namespace: str, event: Event) -> None:
        if self._pending_events is None or not self._pending_events.add(namespace, event):
            self.flush()
            self._pending_events = PendingEvents(namespace, event)

    def _put(self, item: Sized) -> None:
        if not self._inbox.put(item, self):
            self._transport.pause()

    def _connect(self, namespace: str, body: str, text: str) -> None:
        if namespace not in self._shared.options.namespaces:
            self.send_packet(codec.refused(namespace, "Invalid namespace"))
            return
        try:
            auth = codec.decode_auth(body)
        except InvalidPacket:
            self.handle_invalid(text)
            return
        # Broadcasts must not pass the answer either: no direct writes until the deferred packets were sent.
        self._deferred_packets = DeferredPackets()
        self._set_direct_websocket(None)
        answer = self._ask_application(namespace, auth)
        deferred, self._deferred_packets = self._deferred_packets, None
        self._transport.send(answer)
        if self._namespaces:  # else no namespace has accepted the client, and it must not receive anything
            deferred.send(self._transport)
        self._set_direct_websocket(self._transport.websocket)

    def _ask_application(self, namespace: str, auth: object) -> PreparedPacket:
        """Return the answer to a CONNECT. Can block: during it, `on_transport_changed` can replace the transport."""
        try:
            self._shared.application.connect(self, namespace, auth)
        except Refused as refusal:
            return codec.refused(namespace, refusal.message, refusal.data)
        except Exception:
            log.exception("A client could not be connected")
            return codec.refused(namespace, "Internal error")
        others = self._namespaces
        self._namespaces = (*others, namespace) if others else self._shared.single_namespaces[namespace]
        self.environ = None
        return codec.connected(namespace, self.id)

    def _set_direct_websocket(self, websocket: WebSocket | None) -> None:
        self.websocket = websocket
        self.server_state.route_version += 1

    def _leave(self, namespace: str, reason: str) -> None:
        if namespace in self._namespaces:
            self._namespaces = tuple(other for other in self._namespaces if other != namespace)
            self._unconnected_since = time.monotonic()
            self._shared.application.disconnect(self, namespace, reason)
