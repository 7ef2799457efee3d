"""The WSGI application to mount at /socket.io/: Socket.IO v5 by WebSocket and by long polling."""

import secrets
from collections.abc import Collection, Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from gevent_socketio.engineio.server import EngineServer, new_server_state, requested_sid
from gevent_socketio.engineio.transport import Transport
from gevent_socketio.interface import Application, Options
from gevent_socketio.pending_clients import PendingClients
from gevent_socketio.socketio.session import Session
from gevent_socketio.socketio.shared_context import SharedContext

# What remains of the HTTP request while a client is pending: what identifies it. The rest holds its socket and 3 kB more.
_KEPT = ("HTTP_", "REMOTE_", "QUERY_STRING", "PATH_INFO", "wsgi.url_scheme")
_TOO_MANY = (("Content-Type", "text/plain"), ("Retry-After", "10"), ("X-Content-Type-Options", "nosniff"))


class SocketIOServer:
    """Serves one application. Works with gevent.pywsgi only, because it takes over its sockets."""

    def __init__(
        self,
        application: Application,
        options: Options,
        origins: Collection[str] | None,
        pending: PendingClients | None = None,
    ) -> None:
        """Accept pages of these origins, or of any if None. Requests without an origin are for the application to judge."""
        self._pending = pending
        state = new_server_state(options)
        self._wheel = state.wheel
        self._shared = SharedContext(application, options, state)
        self._engine = EngineServer(self._open_session, state, options, origins)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, or take over its socket."""
        self._wheel.start()  # here and not in __init__: the timer belongs to the hub of the thread that serves
        if self._pending and not requested_sid(environ) and self._pending.is_full(environ):
            start_response("429 Too Many Requests", [*_TOO_MANY])
            return [b"Too many pending connections from this address\n"]
        return self._engine(environ, start_response)

    def __len__(self) -> int:
        """Return the number of sessions."""
        return len(self._engine)

    # How to shut down: `pause_all`, wait until not `is_busy`, `close_all`, `stop`.

    def pause_all(self) -> None:
        """Stop reading from all clients; what was read is still handled and answered."""
        self._engine.pause_all()

    def is_busy(self) -> bool:
        """Whether any message that was read is still waiting or being handled."""
        return self._engine.is_busy()

    def close_all(self) -> None:
        """Close all connections; the clients will reconnect."""
        self._engine.close_all("server shutting down")

    def stop(self) -> None:
        """Stop the timer: no ping, no timeout any more."""
        self._wheel.stop()

    def _open_session(self, transport: Transport, environ: WSGIEnvironment) -> Session:
        kept = {name: value for name, value in environ.items() if name.startswith(_KEPT)}
        session = Session(secrets.token_urlsafe(15), transport, kept, self._shared)
        if self._pending:
            self._pending.add(environ, session)
        return session
