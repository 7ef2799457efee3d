"""A SocketIOServer behind pywsgi in the tests' own loop, and an application that records what happens."""

from collections.abc import Callable, Sequence
from typing import Any

from gevent import socket as gevent_socket
from gevent.event import Event
from gevent.pywsgi import WSGIServer

from gevent_socketio.interface import Client, Options, Refused
from gevent_socketio.interface import Event as Sent
from gevent_socketio.server import SocketIOServer
from gevent_socketio.socketio import codec
from tests.gevent_socketio.clients import HttpClient, WebSocketClient
from tests.gevent_socketio.peer import eventually

OPTIONS = Options(
    namespaces=frozenset({"/", "/other"}),
    ping_seconds=0.2,
    pong_seconds=0.2,
    message_bytes=100_000,
    queue_bytes=100_000,
    namespace_seconds=0.3,
    attachments=2,
)
# Long enough that no test reaches them by chance.
PATIENT = OPTIONS._replace(ping_seconds=20, pong_seconds=20, namespace_seconds=20)


class EventRecorder:
    """Records what happens, refuses on request, blocks on "wait", and acknowledges events."""

    def __init__(self) -> None:
        self.entries: list[tuple[Any, ...]] = []
        self.clients: list[Client] = []
        self.gate = Event()
        self.on_connect: Callable[[], object] = lambda: None

    def connect(self, client: Client, namespace: str, auth: Any) -> None:
        assert (client.environ is None) is (client.context == "let in")
        self.clients.append(client)
        client.send_packet(codec.event(namespace, '["before the answer"]'))
        self.on_connect()
        if "fail" in auth:
            raise ValueError("on purpose")
        if "refuse" in auth:
            raise Refused("Not you", {"code": "forbidden"})
        client.context = "let in"
        self.entries.append(("connect", namespace, auth))

    def events(self, client: Client, namespace: str, events: Sequence[Sent]) -> None:
        for event in events:
            self._take(client, namespace, *event)

    def _take(self, client: Client, namespace: str, ack_id: int | None, body: str, attachments: Sequence[bytes]) -> None:
        if body == '["wait"]':
            self.gate.wait()
        if body == '["fail"]':
            raise ValueError("on purpose")
        self.entries.append(("event", namespace, ack_id, body, *attachments))
        if ack_id is not None:
            client.send_packet(codec.acknowledgement(namespace, ack_id, body, attachments))

    def disconnect(self, _client: Client, namespace: str, reason: str) -> None:
        self.entries.append(("disconnect", namespace, reason))

    def invalid(self, _client: Client, message: str | bytes) -> None:
        self.entries.append(("invalid", message))

    def of(self, kind: str) -> list[tuple[Any, ...]]:
        return [entry[1:] for entry in self.entries if entry[0] == kind]


class LiveServer:
    """Serves an EventRecorder."""

    def __init__(self, options: Options, origins: list[str] | None = None) -> None:
        self.recorder = EventRecorder()
        self.transport = SocketIOServer(self.recorder, options, origins)
        listener = gevent_socket.socket()
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.setsockopt(gevent_socket.IPPROTO_TCP, gevent_socket.TCP_NODELAY, 1)
        self._http = WSGIServer(listener, self.transport, log=None, error_log=None)
        self._http.start()
        self._clients: list[WebSocketClient | HttpClient] = []

    def websocket(self, sid: str = "") -> WebSocketClient:
        client = WebSocketClient(self._http.server_port, sid)
        self._clients.append(client)
        return client

    def http(self, origin: str = "") -> HttpClient:
        client = HttpClient(self._http.server_port, origin)
        self._clients.append(client)
        return client

    def stop(self) -> None:
        self.recorder.gate.set()
        for client in self._clients:
            client.close()
        self.transport.close_all()
        assert eventually(lambda: len(self.transport) == 0)
        self._http.stop(0)
        self.transport.stop()
