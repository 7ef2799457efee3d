"""The HTTP of long polling: a GET waits for packets, a POST brings some."""

from collections.abc import Callable, Iterable
from typing import Any

import gevent

from gevent_socketio.engineio.disconnect_watch import watched
from gevent_socketio.engineio.polling import Gone, PollingEngine
from gevent_socketio.interface import Options

Environ = dict[str, Any]
StartResponse = Callable[..., Any]

_TYPE = ("Content-Type", "text/plain; charset=UTF-8")
_NO_SNIFFING = ("X-Content-Type-Options", "nosniff")
_CLOSING = ("Connection", "close")
_PREFLIGHT = [("Access-Control-Allow-Methods", "GET, POST"), ("Access-Control-Allow-Headers", "Content-Type")]


class BadRequest(Exception):
    """The request makes no sense, or no more; its text is told to the client."""


class BrokenBody(BadRequest):
    """The body broke off or cannot be read: nobody knows where on its connection the next request begins."""


def refuse(environ: Environ, start_response: StartResponse, error: BadRequest) -> Iterable[bytes]:
    """Answer what makes no sense."""
    headers = [_CLOSING] if isinstance(error, BrokenBody) else _closing_headers(environ)
    return _answer(start_response, "400 Bad Request", str(error), headers)


class PollingHttp:
    """Reads requests of one session and writes their answers."""

    def __init__(self, options: Options) -> None:
        self._options = options

    def answer(self, engine: PollingEngine | None, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request whose origin was checked; raises BadRequest."""
        method = environ["REQUEST_METHOD"]
        headers = [*_cross_origin_headers(environ), *_closing_headers(environ)]
        if method == "OPTIONS":
            return _answer(start_response, "204 No Content", "", [*headers, *_PREFLIGHT])
        if engine is None or method not in ("GET", "POST"):
            raise BadRequest("No such request")
        try:
            answer = self._poll(engine, environ) if method == "GET" else self._post(engine, environ)
        except Gone:
            raise BadRequest("The session is over") from None
        return _answer(start_response, "200 OK", answer, headers)

    def _poll(self, engine: PollingEngine, environ: Environ) -> str:
        # Who cancels a poll may have lost what was on its way, so that it must come anew.
        with watched(environ, engine.abort):
            return engine.poll()

    def _post(self, engine: PollingEngine, environ: Environ) -> str:
        engine.post(self._body(engine, environ))
        return "ok"

    def _body(self, engine: PollingEngine, environ: Environ) -> str:
        options = self._options
        body = None
        try:
            # A body that trickles in must not hold its greenlet for ever.
            with gevent.Timeout(options.ping_seconds + options.pong_seconds, False):
                body = environ["wsgi.input"].read(options.message_bytes + 1)
        except OSError:
            raise BrokenBody("The body did not come whole") from None
        if body is None or len(body) > options.message_bytes:
            engine.end("too much at once" if body else "too slow a writer")
            raise BadRequest("At most maxPayload bytes, and soon")
        try:
            text: str = body.decode()
        except UnicodeDecodeError:
            raise BadRequest("Not UTF-8") from None
        return text


def _cross_origin_headers(environ: Environ) -> list[tuple[str, str]]:
    origin = environ.get("HTTP_ORIGIN")
    if origin is None:
        return []
    return [("Access-Control-Allow-Origin", origin), ("Access-Control-Allow-Credentials", "true"), ("Vary", "Origin")]


def _closing_headers(environ: Environ) -> list[tuple[str, str]]:
    """Say that the connection closes, if the client asked for it: pywsgi does it silently, and Node then uses it again."""
    return [_CLOSING] if environ.get("HTTP_CONNECTION", "").lower() == "close" else []


def _answer(start_response: StartResponse, status: str, body: str, headers: list[tuple[str, str]]) -> Iterable[bytes]:
    encoded = body.encode()
    start_response(
        status, [_TYPE, ("Content-Length", str(len(encoded))), ("Cache-Control", "no-store"), _NO_SNIFFING, *headers]
    )
    return [encoded]
