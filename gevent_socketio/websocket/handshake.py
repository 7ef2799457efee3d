"""The way from an HTTP request to a WebSocket: checked, answered, and its socket taken from the HTTP server."""

import hashlib
import re
from _socket import socket
from base64 import b64encode
from collections.abc import Callable, Iterable
from typing import Any

from gevent_socketio.timer_wheel import Wheel
from gevent_socketio.websocket.connection import WebSocket
from gevent_socketio.websocket.receiver import Limits

Environ = dict[str, Any]
StartResponse = Callable[..., Any]

# What a WSGI application returns, without having called `start_response`, once it handed its socket over.
HANDED_OVER: Iterable[bytes] = ()

_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, 1.3
_KEY = re.compile(r"[A-Za-z0-9+/]{22}==")
_ANSWER = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %b\r\n\r\n"


class NotAnUpgrade(Exception):
    """The request cannot become a WebSocket."""

    def __init__(self, status: str, reason: str) -> None:
        super().__init__(reason)
        self._status = status

    def answer(self, start_response: StartResponse) -> Iterable[bytes]:
        """Refuse it as a WSGI application does."""
        headers = [("Content-Type", "text/plain"), ("X-Content-Type-Options", "nosniff")]
        start_response(self._status, [*headers, ("Sec-WebSocket-Version", "13"), ("Connection", "close")])
        return [str(self).encode()]


def is_upgrade(environ: Environ) -> bool:
    """Whether the client wants a WebSocket."""
    return "websocket" in _tokens(environ, "HTTP_UPGRADE")


def accept(environ: Environ, wheel: Wheel, limits: Limits, greeting: bytes = b"") -> WebSocket:
    """Answer the request of pywsgi's and return its WebSocket, to be given a receiver and started; raises NotAnUpgrade.

    `greeting` are frames that leave in one segment with the answer. The caller returns HANDED_OVER to pywsgi, whose greenlet
    then ends: it neither writes nor closes. No extension is ever agreed to: half a megabyte of deflate may be a gigabyte.
    """
    _check(environ)
    key = environ["HTTP_SEC_WEBSOCKET_KEY"].encode()
    digest = b64encode(hashlib.sha1(key + _GUID, usedforsecurity=False).digest())
    raw, early = _take_socket(environ)
    websocket = WebSocket(raw, wheel, limits, early)
    websocket.send(_ANSWER % digest + greeting)
    return websocket


def _check(environ: Environ) -> None:
    if environ["REQUEST_METHOD"] != "GET" or environ["SERVER_PROTOCOL"] != "HTTP/1.1":
        raise NotAnUpgrade("400 Bad Request", "A WebSocket begins with a GET of HTTP/1.1")
    if not is_upgrade(environ) or "upgrade" not in _tokens(environ, "HTTP_CONNECTION"):
        raise NotAnUpgrade("400 Bad Request", "Not a request for a WebSocket")
    if environ.get("HTTP_SEC_WEBSOCKET_VERSION") != "13":
        raise NotAnUpgrade("426 Upgrade Required", "Only version 13 of WebSocket is spoken here")
    if not _KEY.fullmatch(environ.get("HTTP_SEC_WEBSOCKET_KEY", "")):
        raise NotAnUpgrade("400 Bad Request", "Sec-WebSocket-Key is not 16 bytes in base 64")
    # With a body, what follows the head would not be frames.
    if environ.get("CONTENT_LENGTH", "0") != "0" or "HTTP_TRANSFER_ENCODING" in environ:
        raise NotAnUpgrade("400 Bad Request", "A request for a WebSocket has no body")


def _tokens(environ: Environ, header: str) -> set[str]:
    return {token.strip().lower() for token in environ.get(header, "").split(",")}


def _take_socket(environ: Environ) -> tuple[socket, bytes]:
    """Take the socket out of gevent's objects, which cost 2 kB, and what pywsgi has read of it beyond the request."""
    reader: Any = environ["wsgi.input"]
    if environ["wsgi.input_terminated"]:  # pywsgi does not know every way to ask for an upgrade, and guards a body
        reader = reader.rfile
    wrapped = reader.raw._sock
    wrapped.setblocking(False)  # so that `peek` does not wait when its buffer is empty
    early = reader.peek()
    family, kind, protocol = wrapped.family, wrapped.type, wrapped.proto
    raw = socket(family, kind, protocol, fileno=wrapped.detach())
    raw.setblocking(False)
    reader.close()  # tells pywsgi that there is no next request
    return raw, early
