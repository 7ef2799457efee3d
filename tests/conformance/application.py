"""What the official suites expect to talk to."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec

from gevent_socketio.engineio.connection import MESSAGE, Engine
from gevent_socketio.engineio.packet import PreparedPacket
from gevent_socketio.engineio.server import EngineServer
from gevent_socketio.interface import Event, Options
from gevent_socketio.server import LiveTransport
from gevent_socketio.socketio import codec
from gevent_socketio.socketio.session import Session
from gevent_socketio.timer_wheel import Wheel
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
    wheel = Wheel.exact_for(OPTIONS)
    wheel.start()
    mounted: dict[str, Application] = {
        "/engine.io/": EngineServer(EngineEcho, wheel, OPTIONS, None),
        "/socket.io/": LiveTransport(SocketEcho(), OPTIONS, None),
        "/echo": EchoApplication(wheel),
    }

    def route(environ: Environ, start_response: Any) -> Iterable[bytes]:
        application = mounted.get(environ["PATH_INFO"])
        if application is None:
            start_response("404 Not Found", [("Content-Length", "0")])
            return ()
        return application(environ, start_response)

    return route


class SocketEcho:
    """Tells what it was told; whatever is wrong closes the connection."""

    def connect(self, session: Session, namespace: str, auth: object) -> None:
        session.send_packet(codec.event(namespace, _text(["auth", auth])))

    def events(self, session: Session, namespace: str, events: Sequence[Event]) -> None:
        for event in events:
            self._take(session, namespace, *event)

    def _take(self, session: Session, namespace: str, packet_id: int | None, body: str, attachments: Sequence[bytes]) -> None:
        try:
            name, *arguments = msgspec.json.decode(body)
        except ValueError:
            session.close("broken event")
            return
        if name == "message":
            session.send_packet(codec.event(namespace, _text(["message-back", *arguments]), attachments))
        elif name == "message-with-ack" and packet_id is not None:
            session.send_packet(codec.acknowledgement(namespace, packet_id, _text(arguments), attachments))

    def disconnect(self, session: Session, namespace: str, reason: str) -> None:
        pass

    def broken(self, session: Session, text: str | bytes) -> None:
        session.close("not a packet")


class EngineEcho:
    """Stands above Engine.IO without Socket.IO, and returns each message."""

    def __init__(self, engine: Engine, _environ: Environ) -> None:
        self._carrier = engine

    def on_carried(self, carrier: Engine) -> None:
        self._carrier = carrier

    def on_message(self, message: str | bytes) -> None:
        if isinstance(message, str):
            self._carrier.send(PreparedPacket(MESSAGE + message))
        else:
            self._carrier.send(PreparedPacket("", [message]))

    def on_broken(self, _text: str) -> None:
        self._carrier.abort()

    def on_closed(self, reason: str) -> None:
        pass

    def is_stale(self, _now: float) -> bool:
        return False

    def is_busy(self) -> bool:
        return False


def _text(array: list[object]) -> str:
    return msgspec.json.encode(array).decode()
