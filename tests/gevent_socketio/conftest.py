"""A pywsgi server in the tests' own loop, with access to each of its connections."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from gevent import socket as gevent_socket
from gevent.pywsgi import WSGIServer

from gevent_socketio.timer_wheel import TimerWheel
from gevent_socketio.websocket.connection import WebSocket
from gevent_socketio.websocket.handshake import HANDED_OVER, HandshakeError, accept
from gevent_socketio.websocket.server_state import Limits, ServerState
from tests.gevent_socketio.peer import Peer, eventually

LIMITS = Limits(message_bytes=64 * 1024, queue_bytes=256 * 1024, stall_seconds=0.5, close_seconds=0.3, binary=True)


class Recorder:
    """A message listener that keeps what it receives."""

    def __init__(self, websocket: WebSocket) -> None:
        self.websocket = websocket
        self.messages: list[str | bytes] = []
        self.closed: list[tuple[int, str]] = []
        self.react: Callable[[str | bytes], object] = lambda _message: None

    def on_message(self, message: str | bytes) -> None:
        self.messages.append(message)
        self.react(message)

    def on_closed(self, code: int, reason: str) -> None:
        self.closed.append((code, reason))


class Server:
    """Accepts WebSockets, with a recorder for each."""

    def __init__(self) -> None:
        self.limits = LIMITS
        self.recorders: list[Recorder] = []
        self._peers: list[Peer] = []
        self.wheel = TimerWheel()
        self.wheel.start()
        listener = gevent_socket.socket()
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.setsockopt(gevent_socket.SOL_SOCKET, gevent_socket.SO_SNDBUF, 16 * 1024)  # small, so that it is full soon
        self._http = WSGIServer(listener, self._application, log=None, error_log=None)
        self._http.start()
        self.port: int = self._http.server_port

    def connect(self, behind: bytes = b"", buffer: int | None = None) -> tuple[Peer, Recorder]:
        self._peers.append(Peer(self.port, behind, buffer))
        return self._peers[-1], self.recorders[-1]

    def close_peers(self) -> None:
        for peer in self._peers:
            peer.close()

    def stop(self) -> None:
        self.close_peers()
        self._http.stop()
        self.wheel.stop()

    def _application(self, environ, start_response):
        try:
            websocket = accept(environ, ServerState(self.wheel, self.limits))
        except HandshakeError as refusal:
            return refusal.respond(start_response)
        self.recorders.append(Recorder(websocket))
        websocket.listener = self.recorders[-1]
        websocket.start()
        return HANDED_OVER


@pytest.fixture
def server() -> Iterator[Server]:
    """A server; after the test, its peers close, and no descriptor is left open."""
    before = descriptors()
    server = Server()
    yield server
    server.stop()
    assert eventually(lambda: descriptors() <= before)


def descriptors() -> set[str]:
    """Return the open sockets of this process."""
    found = set()
    for entry in Path("/proc/self/fd").iterdir():
        try:
            found.add(str(entry.readlink()))
        except OSError:
            continue
    return {name for name in found if name.startswith("socket:")}
