"""The door that programs mount at /socket.io/: an application's Socket.IO sessions, over whichever transport."""

import secrets
from collections.abc import Collection, Iterable
from typing import Any

from gevent_socketio.engineio.connection import Engine
from gevent_socketio.engineio.server import EngineServer
from gevent_socketio.interface import Application, Options
from gevent_socketio.socketio.session import Session
from gevent_socketio.timer_wheel import Wheel
from gevent_socketio.unconnected import UnconnectedClients

Environ = dict[str, Any]

_NO_SNIFFING = [("X-Content-Type-Options", "nosniff")]
# Of the HTTP request, what tells who it is from; the rest holds its socket and 3 kB more.
_KEPT = ("HTTP_", "REMOTE_", "QUERY_STRING", "PATH_INFO", "wsgi.url_scheme")


class LiveTransport:
    """A WSGI application of pywsgi's for Socket.IO v5, by WebSocket and by long polling."""

    def __init__(
        self,
        application: Application,
        options: Options,
        origins: Collection[str] | None,
        unconnected: UnconnectedClients | None = None,
    ) -> None:
        self._application = application
        self._options = options
        self._unconnected = unconnected
        self._wheel = Wheel.exact_for(options)
        self._server = EngineServer(self._greet, self._wheel, options, origins)

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """Answer a request, or take its socket."""
        self._wheel.start()
        if self._unconnected and "sid=" not in environ.get("QUERY_STRING", "") and self._unconnected.is_full(environ):
            start_response("429 Too Many Requests", [("Content-Type", "text/plain"), ("Retry-After", "10"), *_NO_SNIFFING])
            return [b"Too many connections from this address wait to be let in\n"]
        return self._server(environ, start_response)

    def __len__(self) -> int:
        """How many sessions there are."""
        return len(self._server)

    def pause_all(self) -> None:
        """Read nothing more from anyone; what was read is still handled and answered."""
        self._server.pause_all()

    def is_busy(self) -> bool:
        """Whether anything that was read is still being handled."""
        return self._server.is_busy()

    def close_all(self) -> None:
        """Tell every client to come back: not a log-out, but a server that goes."""
        self._server.close_all("server shutting down")

    def stop(self) -> None:
        """Look after no connection any more: the process ends."""
        self._wheel.stop()

    def _greet(self, engine: Engine, environ: Environ) -> Session:
        kept = {name: value for name, value in environ.items() if name.startswith(_KEPT)}
        session = Session(secrets.token_urlsafe(15), engine, kept, self._application, self._options)
        if self._unconnected:
            self._unconnected.add(environ, session)
        return session
