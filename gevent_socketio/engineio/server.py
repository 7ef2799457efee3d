"""Engine.IO v4 as a WSGI application of pywsgi's: opens sessions, and brings each request to its own."""

import secrets
from collections.abc import Callable, Collection, Iterable
from typing import Any
from urllib.parse import parse_qs

from gevent_socketio.engineio.connection import Engine, Receiver, open_packet
from gevent_socketio.engineio.over_websocket import WebSocketEngine
from gevent_socketio.engineio.polling import PollingEngine
from gevent_socketio.engineio.polling_http import BadRequest, PollingHttp, StartResponse, refuse
from gevent_socketio.engineio.upgrade import PROBE_SECONDS, Upgrade
from gevent_socketio.interface import Options
from gevent_socketio.timer_wheel import Wheel
from gevent_socketio.websocket.handshake import HANDED_OVER, NotAnUpgrade, accept
from gevent_socketio.websocket.receiver import Limits

Environ = dict[str, Any]
# Makes what stands above a new engine, from the request that opened it.
Greet = Callable[[Engine, Environ], Receiver]


class EngineServer:
    """All sessions of a process, by WebSocket or by long polling."""

    def __init__(self, greet: Greet, wheel: Wheel, options: Options, origins: Collection[str] | None) -> None:
        """Serve whose page's origin is among `origins`, or anybody if None; who names no origin is the receiver's affair."""
        self.options = options
        self._greet = greet
        self._wheel = wheel
        self._origins = origins
        self._limits = Limits(options.message_bytes, options.queue_bytes, options.stall_seconds, binary=options.attachments > 0)
        self._engines: set[Engine] = set()
        # By the secret id that each of its requests brings along.
        self._polling: dict[str, PollingEngine] = {}
        self._http = PollingHttp(options)

    def __len__(self) -> int:
        return len(self._engines)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, or take its socket."""
        try:
            return self._route(environ, start_response)
        except BadRequest as error:
            return refuse(environ, start_response, error)
        except NotAnUpgrade as error:
            return error.answer(start_response)

    def pause_all(self) -> None:
        """Read nothing more from anyone."""
        for engine in tuple(self._engines):
            engine.pause()

    def is_busy(self) -> bool:
        """Whether anything that a client sent is still being handled."""
        return any(engine.receiver.is_busy() for engine in self._engines)

    def close_all(self, reason: str) -> None:
        """Say good-bye to everyone: they will come back."""
        for engine in tuple(self._engines):
            engine.close(reason)

    def forget(self, engine: Engine) -> None:
        """Count an engine no more."""
        self._engines.discard(engine)

    def release(self, sid: str) -> None:
        """Answer no more polls with this id."""
        self._polling.pop(sid, None)

    def adopt(self, engine: Engine, predecessor: Engine) -> None:
        """Let a WebSocket take its polling predecessor's place, with all that still waits to be sent."""
        assert isinstance(predecessor, PollingEngine)
        self._add(engine, predecessor.receiver)
        for packet in predecessor.take_queue():
            engine.send(packet)
        if predecessor.is_paused:
            engine.pause()
        predecessor.hand_over()

    def _route(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        query = parse_qs(environ.get("QUERY_STRING", ""))
        transport, sid = query.get("transport", [""])[0], query.get("sid", [""])[0]
        origin = environ.get("HTTP_ORIGIN")
        if query.get("EIO") != ["4"] or transport not in ("polling", "websocket"):
            raise BadRequest("Only Engine.IO 4 is spoken here")
        if self._origins is not None and origin is not None and origin not in self._origins:
            raise BadRequest("This page may not connect here")
        polling = self._polling.get(sid)
        if transport == "polling":
            if not environ["wsgi.input_terminated"]:  # pywsgi takes it for a WebSocket, and gives no body but all that comes
                raise BadRequest("Polling is not upgraded by a header")
            if not sid and environ["REQUEST_METHOD"] == "GET":
                polling = self._open_polling(environ)
            return self._http.answer(polling, environ, start_response)
        if sid:
            self._try_upgrade(polling, environ)
        else:
            self._open_websocket(environ)
        return HANDED_OVER

    def _open_websocket(self, environ: Environ) -> None:
        greeting = open_packet(_secret(), (), self.options).frame
        websocket = accept(environ, self._wheel, self._limits, greeting)
        engine = WebSocketEngine(self, websocket)
        self._add(engine, self._greet(engine, environ))
        websocket.start()

    def _open_polling(self, environ: Environ) -> PollingEngine:
        engine = PollingEngine(self, _secret())
        self._polling[engine.sid] = engine
        self._add(engine, self._greet(engine, environ))
        engine.send(open_packet(engine.sid, ("websocket",), self.options))
        return engine

    def _try_upgrade(self, polling: PollingEngine | None, environ: Environ) -> None:
        websocket = accept(environ, self._wheel, self._limits)
        if polling is None:
            websocket.close(1008, "no such session")
        else:
            self._wheel.add(Upgrade(self, polling, websocket), PROBE_SECONDS)
            websocket.start()

    def _add(self, engine: Engine, receiver: Receiver) -> None:
        engine.receiver = receiver
        receiver.on_carried(engine)
        self._engines.add(engine)
        self._wheel.add(engine, self.options.ping_seconds)


def _secret() -> str:
    return secrets.token_urlsafe(15)
