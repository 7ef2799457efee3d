"""Turns an HTTP request into a WebSocket: checks and answers it, and takes its socket from gevent.pywsgi."""

import hashlib
import re
from _socket import socket
from base64 import b64encode
from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from gevent_socketio.websocket.connection import WebSocket
from gevent_socketio.websocket.server_state import ServerState

# What a WSGI application returns after `accept`, without having called `start_response`.
HANDED_OVER: Iterable[bytes] = ()

_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, section 1.3
_KEY = re.compile(r"[A-Za-z0-9+/]{22}==")
_RESPONSE = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %b\r\n\r\n"


class HandshakeError(Exception):
    """The request cannot become a WebSocket."""

    def __init__(self, status: str, reason: str) -> None:
        super().__init__(reason)
        self._status = status

    def respond(self, start_response: StartResponse) -> Iterable[bytes]:
        """Refuse the request as a WSGI application does."""
        headers = [("Content-Type", "text/plain"), ("X-Content-Type-Options", "nosniff")]
        start_response(self._status, [*headers, ("Sec-WebSocket-Version", "13"), ("Connection", "close")])
        return [str(self).encode()]


def accept(environ: WSGIEnvironment, server: ServerState, first_frames: bytes = b"") -> WebSocket:
    """Accept a request of pywsgi's and return its WebSocket; raises HandshakeError.

    The caller sets a listener, starts the WebSocket, and returns HANDED_OVER to pywsgi, whose greenlet then ends: it neither
    writes nor closes. `first_frames` are sent in one segment with the response. No extension is accepted: 0.5 MB of deflate can
    be 1 GB of text.
    """
    _check(environ)
    key = environ["HTTP_SEC_WEBSOCKET_KEY"].encode()
    digest = b64encode(hashlib.sha1(key + _GUID, usedforsecurity=False).digest())
    raw, early_data = _take_socket(environ)
    websocket = WebSocket(raw, server, early_data)
    websocket.send(_RESPONSE % digest + first_frames)
    return websocket


def _check(environ: WSGIEnvironment) -> None:
    if environ["REQUEST_METHOD"] != "GET" or environ["SERVER_PROTOCOL"] != "HTTP/1.1":
        raise HandshakeError("400 Bad Request", "A WebSocket request must be an HTTP/1.1 GET")
    if "websocket" not in _tokens(environ, "HTTP_UPGRADE") or "upgrade" not in _tokens(environ, "HTTP_CONNECTION"):
        raise HandshakeError("400 Bad Request", "Not a WebSocket request")
    if environ.get("HTTP_SEC_WEBSOCKET_VERSION") != "13":
        raise HandshakeError("426 Upgrade Required", "Only WebSocket version 13 is supported")
    if not _KEY.fullmatch(environ.get("HTTP_SEC_WEBSOCKET_KEY", "")):
        raise HandshakeError("400 Bad Request", "Sec-WebSocket-Key is not 16 bytes in base64")
    # With a body, what follows the head would not be frames.
    if environ.get("CONTENT_LENGTH", "0") != "0" or "HTTP_TRANSFER_ENCODING" in environ:
        raise HandshakeError("400 Bad Request", "A WebSocket request has no body")


def _tokens(environ: WSGIEnvironment, header: str) -> set[str]:
    return {token.strip().lower() for token in environ.get(header, "").split(",")}


def _take_socket(environ: WSGIEnvironment) -> tuple[socket, bytes]:
    """Return the raw socket, and what pywsgi has read from it after the request. gevent's socket object would cost 2 kB."""
    reader: Any = environ["wsgi.input"]
    if environ["wsgi.input_terminated"]:  # pywsgi did not recognise the upgrade, and wrapped the reader to guard a body
        reader = reader.rfile
    wrapped = reader.raw._sock
    wrapped.setblocking(False)  # so that `peek` does not wait if its buffer is empty
    early_data = reader.peek()
    family, kind, protocol = wrapped.family, wrapped.type, wrapped.proto
    # After `detach`, pywsgi's objects own no descriptor: whatever they close does not close ours.
    raw = socket(family, kind, protocol, fileno=wrapped.detach())
    raw.setblocking(False)
    reader.close()  # tells pywsgi that there is no next request
    return raw, early_data
