"""How a server leaves its clients: all that was asked is answered, and not everybody comes back in the same second."""

import msgspec
from gevent.event import Event

from chat.domain.protocol import ServerEvent
from chat.realtime.connections.local_connections import LocalConnections
from chat.realtime.connections.packets import event_packet
from gevent_socketio.server import SocketIOServer
from project.server.http.pages import Pages

# How many come back in a second where each chooses a moment at random: a core lets in several times as many.
RETURNS_PER_SECOND = 200
SPREAD_SECONDS = (1.0, 30.0)
# Longer than an append waits for a slow disk, shorter than any init system waits before it kills.
ANSWER_SECONDS = 2.0
LOOK_SECONDS = 0.01


class Departure:
    """The end of a process as its clients see it."""

    def __init__(self, connections: LocalConnections, transport: SocketIOServer, pages: Pages) -> None:
        self._connections = connections
        self._transport = transport
        self._pages = pages

    def leave(self, hurried: Event) -> None:
        """Announce it, answer what was asked unless that takes too long or somebody is in a hurry, close every connection."""
        self._announce()
        self._transport.pause_all()
        waited = 0.0
        while (self._transport.is_busy() or self._pages.is_busy()) and waited < ANSWER_SECONDS:
            if hurried.wait(LOOK_SECONDS):
                break
            waited += LOOK_SECONDS
        self._transport.close_all()

    def _announce(self) -> None:
        connections = self._connections.all()
        told = {"within": spread_seconds(len(connections))}
        packet = event_packet(ServerEvent.RESTARTING, msgspec.json.encode(told))
        for connection in connections:
            connection.deliver(packet)


def spread_seconds(connections: int) -> float:
    """Return the seconds within which so many clients should come back, each at a random moment."""
    shortest, longest = SPREAD_SECONDS
    return min(max(connections / RETURNS_PER_SECOND, shortest), longest)
