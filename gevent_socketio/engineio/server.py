"""Engine.IO v4 as a WSGI application: opens sessions, and routes each request to its session."""

import secrets
from collections.abc import Callable, Collection, Iterable
from urllib.parse import parse_qs
from wsgiref.types import StartResponse, WSGIEnvironment

import msgspec

from gevent_socketio.engineio.over_websocket import WebSocketTransport
from gevent_socketio.engineio.polling import PollingTransport
from gevent_socketio.engineio.polling_http import BadRequest, PollingHttp, refuse
from gevent_socketio.engineio.transport import SessionListener, Transport
from gevent_socketio.engineio.upgrade import PROBE_SECONDS, Upgrade
from gevent_socketio.interface import Options
from gevent_socketio.packet import PreparedPacket
from gevent_socketio.timer_wheel import TimerWheel
from gevent_socketio.websocket.handshake import HANDED_OVER, HandshakeError, accept
from gevent_socketio.websocket.server_state import Limits, ServerState

# Creates the listener of a new transport, from the request that opened it.
OpenSession = Callable[[Transport, WSGIEnvironment], SessionListener]


def requested_sid(environ: WSGIEnvironment) -> str:
    """Return the id of the session that a request belongs to; "" if it opens one."""
    sid: str = parse_qs(environ.get("QUERY_STRING", "")).get("sid", [""])[0]
    return sid


def new_server_state(options: Options) -> ServerState:
    """Return the state that all connections of a server with these options share."""
    limits = Limits(options.message_bytes, options.queue_bytes, options.stall_seconds, binary=options.attachments > 0)
    return ServerState(TimerWheel.for_timeouts(options.ping_seconds, options.pong_seconds), limits)


class EngineServer:
    """All sessions of one server."""

    def __init__(
        self, open_session: OpenSession, state: ServerState, options: Options, origins: Collection[str] | None
    ) -> None:
        """Accept pages of these origins, or of any if None; requests without an origin are for the listener to judge."""
        self.options = options
        self._open_session = open_session
        self._state = state
        self._origins = origins
        self._transports: set[Transport] = set()
        # By the secret id that each request of a polling session carries.
        self._polling: dict[str, PollingTransport] = {}
        self._http = PollingHttp(options)
        # All of the open packet but its sid, for a session that can be upgraded, and for one that cannot.
        self._upgradable_terms = _terms(("websocket",), options)
        self._final_terms = _terms((), options)

    def __len__(self) -> int:
        return len(self._transports)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, or take over its socket."""
        try:
            return self._route(environ, start_response)
        except BadRequest as error:
            return refuse(environ, start_response, error)
        except HandshakeError as error:
            return error.respond(start_response)

    def pause_all(self) -> None:
        """Stop reading from all clients."""
        for transport in tuple(self._transports):
            transport.pause()

    def is_busy(self) -> bool:
        """Whether any message of a client is waiting or being handled."""
        return any(transport.listener.is_busy() for transport in self._transports)

    def close_all(self, reason: str) -> None:
        """Close all connections; the clients will reconnect."""
        for transport in tuple(self._transports):
            transport.close(reason)

    # Transports call these.

    def remove(self, transport: Transport) -> None:
        """Remove a transport that is over."""
        self._transports.discard(transport)

    def release(self, sid: str) -> None:
        """Answer no more polls with this id."""
        self._polling.pop(sid, None)

    def replace(self, old: Transport, new: Transport) -> None:
        """Move the session of a polling transport to a WebSocket. Nothing here yields, so no packet can come in between."""
        assert isinstance(old, PollingTransport)
        # In this order: packets sent from here on use the WebSocket, after those that polling had queued.
        self._add(new, old.listener)
        for packet in old.take_queue():
            new.send(packet)
        if old.is_paused:  # the session's inbox is full; it will resume its current transport, which is the new one
            new.pause()
        old.hand_over()

    def _route(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        query = parse_qs(environ.get("QUERY_STRING", ""))
        transport, sid = query.get("transport", [""])[0], requested_sid(environ)
        origin = environ.get("HTTP_ORIGIN")
        if query.get("EIO") != ["4"] or transport not in ("polling", "websocket"):
            raise BadRequest("Only Engine.IO 4 is supported")
        if self._origins is not None and origin is not None and origin not in self._origins:
            raise BadRequest("This origin is not allowed")
        if transport == "polling":
            return self._answer_polling(sid, environ, start_response)
        if sid:
            self._begin_upgrade(sid, environ)
        else:
            self._open_websocket(environ)
        return HANDED_OVER

    def _answer_polling(self, sid: str, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        # With an Upgrade header, pywsgi does not limit the body to its length, and reading it would block.
        if not environ["wsgi.input_terminated"]:
            raise BadRequest("A polling request cannot be upgraded by a header")
        # A handler that reads bodies in advance replaces the reader, through which a poll's disconnect is detected.
        if environ["REQUEST_METHOD"] == "GET" and _has_body(environ):
            raise BadRequest("A poll has no body")
        polling = self._polling.get(sid)
        if not sid and environ["REQUEST_METHOD"] == "GET":
            polling = self._open_polling(environ)
        return self._http.respond(polling, environ, start_response)

    def _open_websocket(self, environ: WSGIEnvironment) -> None:
        opening = _open_packet(_new_sid(), self._final_terms)
        websocket = accept(environ, self._state, opening.frame)
        transport = WebSocketTransport(self, websocket)
        self._add(transport, self._open_session(transport, environ))
        websocket.start()  # last: the first message needs its listeners

    def _open_polling(self, environ: WSGIEnvironment) -> PollingTransport:
        transport = PollingTransport(self, _new_sid())
        self._polling[transport.sid] = transport
        self._add(transport, self._open_session(transport, environ))
        transport.send(_open_packet(transport.sid, self._upgradable_terms))
        return transport

    def _begin_upgrade(self, sid: str, environ: WSGIEnvironment) -> None:
        polling = self._polling.get(sid)
        websocket = accept(environ, self._state)
        if polling is None:
            websocket.close(1008, "unknown session")
        else:
            self._state.wheel.add(Upgrade(self, polling, websocket), PROBE_SECONDS)
            websocket.start()

    def _add(self, transport: Transport, listener: SessionListener) -> None:
        transport.listener = listener
        listener.on_transport_changed(transport)
        self._transports.add(transport)
        self._state.wheel.add(transport, self.options.ping_seconds)


def _has_body(environ: WSGIEnvironment) -> bool:
    return environ.get("CONTENT_LENGTH", "0") not in ("", "0") or "HTTP_TRANSFER_ENCODING" in environ


def _new_sid() -> str:
    """Return a secret of 120 bits: the id alone lets a request take part in a session."""
    return secrets.token_urlsafe(15)


def _open_packet(sid: str, terms: str) -> PreparedPacket:
    return PreparedPacket(f'0{{"sid":"{sid}",{terms}')


def _terms(upgrades: tuple[str, ...], options: Options) -> str:
    """What is the same in every open packet, as JSON without its opening brace."""
    terms = {
        "upgrades": upgrades,
        "pingInterval": round(options.ping_seconds * 1000),
        "pingTimeout": round(options.pong_seconds * 1000),
        "maxPayload": options.message_bytes,
    }
    return msgspec.json.encode(terms).decode()[1:]
