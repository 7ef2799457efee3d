"""The HTTP of long polling: a GET waits for packets, a POST sends some."""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

import gevent

from gevent_socketio.engineio.disconnect_watch import disconnect_watch
from gevent_socketio.engineio.polling import PollingTransport, SessionClosed
from gevent_socketio.interface import Options

_TYPE = ("Content-Type", "text/plain; charset=UTF-8")
_NO_SNIFFING = ("X-Content-Type-Options", "nosniff")
_CLOSE = ("Connection", "close")
_PREFLIGHT = (("Access-Control-Allow-Methods", "GET, POST"), ("Access-Control-Allow-Headers", "Content-Type"))


class BadRequest(Exception):
    """The request is invalid, or its session is closed; the text is sent to the client."""


class BrokenBody(BadRequest):
    """The body was cut off or cannot be parsed, so it is unknown where the connection's next request begins."""


def refuse(environ: WSGIEnvironment, start_response: StartResponse, error: BadRequest) -> Iterable[bytes]:
    """Answer an invalid request."""
    headers = [_CLOSE] if isinstance(error, BrokenBody) else _close_headers(environ)
    return _respond(start_response, "400 Bad Request", str(error), headers)


class PollingHttp:
    """Reads the requests of polling sessions and writes the responses."""

    def __init__(self, options: Options) -> None:
        self._options = options

    def respond(
        self, transport: PollingTransport | None, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Answer a request whose origin was checked; raises BadRequest."""
        method = environ["REQUEST_METHOD"]
        headers = [*_cross_origin_headers(environ), *_close_headers(environ)]
        if method == "OPTIONS":
            return _respond(start_response, "204 No Content", "", [*headers, *_PREFLIGHT])
        if transport is None or method not in ("GET", "POST"):
            raise BadRequest("Unknown session or method")
        try:
            body = self._poll(transport, environ) if method == "GET" else self._post(transport, environ)
        except SessionClosed:
            raise BadRequest("The session is closed") from None
        return _respond(start_response, "200 OK", body, headers)

    def _poll(self, transport: PollingTransport, environ: WSGIEnvironment) -> str:
        # A cancelled poll can have lost packets on their way: only a new session, which catches up, is safe.
        with disconnect_watch(environ, transport.abort):
            return transport.poll()

    def _post(self, transport: PollingTransport, environ: WSGIEnvironment) -> str:
        transport.post(self._body(transport, environ))
        return "ok"

    def _body(self, transport: PollingTransport, environ: WSGIEnvironment) -> str:
        options = self._options
        body = None
        try:
            # A body that is sent slowly must not hold its greenlet forever.
            with gevent.Timeout(options.ping_seconds + options.pong_seconds, False):
                body = environ["wsgi.input"].read(options.message_bytes + 1)
        except OSError:
            raise BrokenBody("The body is incomplete") from None
        if body is None or len(body) > options.message_bytes:
            transport.end("too large a post" if body else "too slow a writer")
            raise BadRequest("The body is larger than maxPayload or too slow")
        try:
            text: str = body.decode()
        except UnicodeDecodeError:
            raise BadRequest("Not UTF-8") from None
        return text


def _cross_origin_headers(environ: WSGIEnvironment) -> list[tuple[str, str]]:
    origin = environ.get("HTTP_ORIGIN")
    if origin is None:
        return []
    return [("Access-Control-Allow-Origin", origin), ("Access-Control-Allow-Credentials", "true"), ("Vary", "Origin")]


def _close_headers(environ: WSGIEnvironment) -> list[tuple[str, str]]:
    """Announce that the connection closes if the client asked for it: pywsgi closes without saying so, and Node reuses it."""
    return [_CLOSE] if environ.get("HTTP_CONNECTION", "").lower() == "close" else []


def _respond(start_response: StartResponse, status: str, text: str, headers: list[tuple[str, str]]) -> Iterable[bytes]:
    body = text.encode()
    always = [_TYPE, ("Content-Length", str(len(body))), ("Cache-Control", "no-store"), _NO_SNIFFING]
    start_response(status, [*always, *headers])
    return [body]
