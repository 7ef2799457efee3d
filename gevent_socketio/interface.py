"""What a server asks of its application, and what it offers to it."""

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol
from wsgiref.types import WSGIEnvironment

from gevent_socketio.packet import PreparedPacket
from gevent_socketio.websocket.connection import WebSocket
from gevent_socketio.websocket.server_state import ServerState

MEBIBYTE = 1024 * 1024


class Refused(Exception):
    """The client cannot connect to this namespace; `message` and `data` (JSON) are sent to it."""

    def __init__(self, message: str, data: object = None) -> None:
        super().__init__(message)
        self.message = message
        self.data = data


class Options(NamedTuple):
    """Settings of one server. All sizes are bytes."""

    namespaces: frozenset[str]
    # A browser notices a frozen server after both together, which should stay below 10 s. Longer intervals would be cheaper:
    # pings take 5 % of the CPU time of 10 messages a second to 1,000 clients.
    ping_seconds: float = 5.0
    pong_seconds: float = 4.0
    message_bytes: int = 128 * 1024
    # What is queued for a client before it is disconnected as too slow.
    queue_bytes: int = MEBIBYTE
    # How long a client with a full socket can read nothing.
    stall_seconds: float = 10.0
    # A client without a namespace for this long is disconnected, because each connection holds a file descriptor.
    namespace_seconds: float = 10.0
    # The most attachments of a packet; 0 refuses binary messages altogether.
    attachments: int = 0


class Event(NamedTuple):
    """An event from a client.

    `body` is the text of a JSON array; only its brackets were checked. `ack_id` is None if no acknowledgement is requested.
    """

    ack_id: int | None
    body: str
    attachments: Sequence[bytes]


class Client(Protocol):
    """One client, as an application sees it; the same object until the client is disconnected."""

    # For the application, to store what it knows of this client.
    context: Any
    # For `broadcast.Recipients`: the connection that prepared frames can be written to, None while packets must be queued.
    websocket: WebSocket | None
    # HTTP headers, address and query of the request; None once a namespace has accepted the client.
    environ: WSGIEnvironment | None
    # What the clients of one server share; for `broadcast.Recipients`.
    server_state: ServerState

    @property
    def id(self) -> str:
        """The public id, sent to the client on connect. It grants nothing."""
        ...

    @property
    def is_open(self) -> bool:
        """Whether a packet sent now can still arrive."""
        ...

    def send_packet(self, packet: PreparedPacket) -> bool:
        """Send without blocking; False if the client is gone or too slow, in which case it is disconnected."""
        ...

    def disconnect(self, namespace: str) -> None:
        """Disconnect from one namespace; the client does not reconnect to it automatically. The connection stays open."""
        ...

    def close(self, reason: str = "server disconnect") -> None:
        """Close the connection; the client reconnects unless it was disconnected from its namespaces before."""
        ...

    def backlog(self) -> int:
        """Return how many bytes wait for the client."""
        ...


class Application(Protocol):
    """Handles what clients send. Each client has a greenlet of its own for these calls: they come in order and can block."""

    def connect(self, client: Client, namespace: str, auth: object) -> None:
        """Accept a client, or raise Refused. `auth` is a JSON object, unchecked."""

    def events(self, client: Client, namespace: str, events: Sequence[Event]) -> None:
        """Handle events in order: one, or several that arrived together and can share a round trip to a database.

        An exception is logged and drops the rest of these events; the connection stays open.
        """

    def disconnect(self, client: Client, namespace: str, reason: str) -> None:
        """Handle the end of a client: called once for each namespace that accepted it."""

    def invalid(self, client: Client, message: str | bytes) -> None:
        """Handle a message that is not a valid packet, or not valid at this point."""
