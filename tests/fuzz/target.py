"""The server that is attacked, in this very process, and its application."""

import logging
from collections.abc import Sequence
from typing import Any, Self
from unittest.mock import patch

import gevent
import msgspec
from gevent import get_hub
from gevent import socket as gevent_socket
from gevent.pywsgi import WSGIServer, _InvalidClientInput

from gevent_socketio.broadcast import Recipients
from gevent_socketio.interface import Client, Event, Options, Refused
from gevent_socketio.server import SocketIOServer
from gevent_socketio.socketio import codec
from project.server.http.handler import PromptHandler

# Terms that a client with manners keeps on a busy machine, too.
OPTIONS = Options(
    namespaces=frozenset({"/", "/other"}),
    ping_seconds=1.5,
    pong_seconds=1.5,
    message_bytes=20_000,
    queue_bytes=2_000_000,
    stall_seconds=3.0,
    namespace_seconds=3.0,
    attachments=2,
)
# More than the kernel takes at once, so that frames are sent in parts.
SHOUT = codec.event("/", msgspec.json.encode(["shout", "x" * 300_000]).decode())


class Target:
    """Serves while it is entered; whatever goes wrong inside is in `errors`."""

    def __init__(self) -> None:
        self.errors: list[str] = []
        self.transport = SocketIOServer(_Obliging(), OPTIONS, None)
        listener = gevent_socket.socket()
        listener.bind(("127.0.0.1", 0))
        listener.listen(128)
        listener.setsockopt(gevent_socket.SOL_SOCKET, gevent_socket.SO_SNDBUF, 16 * 1024)
        self._http = WSGIServer(listener, self.transport, log=None, error_log=None, handler_class=_handler(self.errors))
        self._log = _Log(self.errors)
        self._probe_time = patch("gevent_socketio.engineio.server.PROBE_SECONDS", 0.5)
        self.port: int = listener.getsockname()[1]

    def __enter__(self) -> Self:
        self._probe_time.start()
        self._http.start()
        logging.getLogger("gevent_socketio").addHandler(self._log)
        hub: Any = get_hub()
        hub.handle_error = lambda context, kind, value, _trace: self.errors.append(f"{context!r:.200}: {kind} {value}")
        return self

    def __exit__(self, *_error: object) -> None:
        del get_hub().handle_error
        logging.getLogger("gevent_socketio").removeHandler(self._log)
        self.transport.close_all()
        self._http.stop(0)
        self.transport.stop()
        self._probe_time.stop()


def _handler(errors: list[str]) -> type[PromptHandler]:
    class Handler(PromptHandler):
        head_seconds = 0.5
        standstill_seconds = 0.5

        def _handle_client_error(self, error: Exception) -> Any:
            if not isinstance(error, ValueError | _InvalidClientInput):  # pywsgi prints a traceback
                errors.append(repr(error))
            return super()._handle_client_error(error)

    return Handler


class _Obliging:
    """Does what it is asked to: the event's name says what."""

    def __init__(self) -> None:
        self._clients: set[Client] = set()

    def connect(self, client: Client, namespace: str, auth: Any) -> None:
        if "token" in auth:
            raise Refused("Not you")
        self._clients.add(client)
        client.send_packet(codec.event(namespace, '["hello"]'))

    def events(self, client: Client, namespace: str, events: Sequence[Event]) -> None:
        for ack_id, body, attachments in events:
            self._oblige(client, namespace, body[2 : body.find('"', 2)])
            if ack_id is not None:
                client.send_packet(codec.acknowledgement(namespace, ack_id, body, attachments))

    def disconnect(self, client: Client, namespace: str, reason: str) -> None:
        self._clients.discard(client)

    def invalid(self, client: Client, message: str | bytes) -> None:
        if len(message) == 6:  # now and then
            client.close("invalid")

    def _oblige(self, client: Client, namespace: str, wish: str) -> None:
        if wish == "slow":
            gevent.sleep(0.003)
        elif wish == "leave":
            client.disconnect(namespace)
        elif wish == "close":
            client.close()
        elif wish == "flood":
            for _ in range(2):
                client.send_packet(SHOUT)
        elif wish == "shout":
            Recipients(self._clients).send(SHOUT)


class _Log(logging.Handler):
    """Whatever the transport finds worth an error is one."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__(logging.ERROR)
        self._errors = errors

    def emit(self, record: logging.LogRecord) -> None:
        self._errors.append(self.format(record))
