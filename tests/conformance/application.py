"""What the official suites expect to talk to."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec

from gevent_socketio.engineio.server import EngineServer, new_server_state
from gevent_socketio.engineio.transport import MESSAGE, Transport
from gevent_socketio.interface import Client, Event, Options
from gevent_socketio.packet import PreparedPacket
from gevent_socketio.server import SocketIOServer
from gevent_socketio.socketio import codec
from tests.conformance.echo import EchoApplication

OPTIONS = Options(
    namespaces=frozenset({"/", "/custom"}),
    ping_seconds=0.3,
    pong_seconds=0.2,
    message_bytes=1_000_000,
    namespace_seconds=1.5,
    attachments=10,
)

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]


def routes() -> Application:
    """Return all echoes as one WSGI application."""
    state = new_server_state(OPTIONS)
    state.wheel.start()
    mounted: dict[str, Application] = {
        "/engine.io/": EngineServer(EngineEcho, state, OPTIONS, None),
        "/socket.io/": SocketIOServer(SocketEcho(), OPTIONS, None),
        "/echo": EchoApplication(state.wheel),
    }

    def route(environ: Environ, start_response: Any) -> Iterable[bytes]:
        application = mounted.get(environ["PATH_INFO"])
        if application is None:
            start_response("404 Not Found", [("Content-Length", "0")])
            return ()
        return application(environ, start_response)

    return route


class SocketEcho:
    """Returns what it receives; anything invalid closes the connection."""

    def connect(self, client: Client, namespace: str, auth: object) -> None:
        client.send_packet(codec.event(namespace, _text(["auth", auth])))

    def events(self, client: Client, namespace: str, events: Sequence[Event]) -> None:
        for event in events:
            self._take(client, namespace, *event)

    def _take(self, client: Client, namespace: str, ack_id: int | None, body: str, attachments: Sequence[bytes]) -> None:
        try:
            name, *arguments = msgspec.json.decode(body)
        except ValueError:
            client.close("broken event")
            return
        if name == "message":
            client.send_packet(codec.event(namespace, _text(["message-back", *arguments]), attachments))
        elif name == "message-with-ack" and ack_id is not None:
            client.send_packet(codec.acknowledgement(namespace, ack_id, _text(arguments), attachments))

    def disconnect(self, client: Client, namespace: str, reason: str) -> None:
        pass

    def invalid(self, client: Client, message: str | bytes) -> None:
        client.close("not a packet")


class EngineEcho:
    """A session of Engine.IO alone that returns each message."""

    def __init__(self, transport: Transport, _environ: Environ) -> None:
        self._transport = transport

    def on_transport_changed(self, transport: Transport) -> None:
        self._transport = transport

    def on_message(self, message: str | bytes) -> None:
        if isinstance(message, str):
            self._transport.send(PreparedPacket(MESSAGE + message))
        else:
            self._transport.send(PreparedPacket("", [message]))

    def on_invalid(self, _text: str) -> None:
        self._transport.abort()

    def on_closed(self, reason: str) -> None:
        pass

    def is_stale(self, _now: float) -> bool:
        return False

    def is_busy(self) -> bool:
        return False


def _text(array: list[object]) -> str:
    return msgspec.json.encode(array).decode()
