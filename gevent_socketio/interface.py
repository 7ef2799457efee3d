"""What the transport asks of the program behind it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from gevent_socketio.socketio.session import Session

MEBIBYTE = 1024 * 1024


class Refused(Exception):
    """The client may not connect to this namespace; `data` tells it why in the application's own words."""

    def __init__(self, message: str, data: object = None) -> None:
        super().__init__(message)
        self.message = message
        self.data = data


class Options(NamedTuple):
    """What differs between one server and another."""

    namespaces: frozenset[str]
    # Together what a browser waits until it takes a frozen server for gone, which must be within 10 s. Seldomer would be
    # cheaper: pings take a twentieth of what 10 messages a second to 1,000 people cost.
    ping_seconds: float = 5.0
    pong_seconds: float = 4.0
    message_bytes: int = 128 * 1024
    queue_bytes: int = MEBIBYTE
    stall_seconds: float = 10.0
    # A client that is connected to no namespace for so long is closed: a connection is a descriptor.
    namespace_seconds: float = 10.0
    # How many attachments a packet may have; 0 refuses everything binary.
    attachments: int = 0


class Event(NamedTuple):
    """What a client said: `body` is a JSON array that nobody has checked but for its brackets."""

    packet_id: int | None
    body: str
    attachments: Sequence[bytes]


class Application(Protocol):
    """Handles what clients send. All of it runs in the session's own greenlet, in order, and may block."""

    def connect(self, session: "Session", namespace: str, auth: object) -> None:
        """Let a client in, or raise Refused. `session.environ` is the HTTP request, until one namespace let the client in."""

    def events(self, session: "Session", namespace: str, events: Sequence[Event]) -> None:
        """Handle events in order: one, or several that waited together and may be answered by one round trip.

        What it raises ends those that came with the one that raised.
        """

    def disconnect(self, session: "Session", namespace: str, reason: str) -> None:
        """Hear that a client left: once for each namespace that let it in."""

    def broken(self, session: "Session", text: str | bytes) -> None:
        """Handle what is no packet, or none that this client may send now."""
