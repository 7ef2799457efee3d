"""HTTP requests that arrive in time: pywsgi itself waits for ever, and 500 half requests keep 500 descriptors (slowloris)."""

import logging
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

from gevent import Timeout
from gevent.pywsgi import Input, WSGIHandler

from bounds.pause import TimeSlices
from project.server.http.head import Head, read_head

log = logging.getLogger(__name__)

PIECE_BYTES = 1_024


class NoHead(OSError, ValueError):
    """A request's head did not come in time, or is none. pywsgi ends at an OSError, but only a ValueError is no news to it."""


class BodyRefused(Exception):
    """A body that is too large, or did not come in time."""


class PromptHandler(WSGIHandler):  # type: ignore[misc]
    """Waits so long for the whole head of a connection's next request, and so long for body and answer to move on.

    A body is read before the application runs, so that none waits for it, and up to a limit: whatever is longer is refused by
    what it says of itself, or by what has come of it, and its connection closed without reading the rest.
    """

    head_seconds = 5.0
    standstill_seconds = 20.0
    # For the whole body, which may also drip: a byte every 19 s kept a greenlet and a descriptor for ever.
    body_seconds = 60.0
    # The longest form has some kB. Taking apart 200 kB of "%" held the loop for 100 ms, and 900 parts for 64 ms.
    body_bytes = 64_000
    # Those of long polling are taken apart in slices, and can be as long as a frame of a WebSocket.
    polling_bytes = 200_000
    polling_path = "/socket.io/"

    # A client that stands still is like one that has gone: nothing to log.
    ignored_socket_errors = (*WSGIHandler.ignored_socket_errors, "timed out")

    _limit: Timeout | None = None
    _slices: TimeSlices
    wsgi_input: Any
    result: Any
    headers: Head

    def MessageClass(self, stream: BinaryIO, _seekable: int) -> Head:  # noqa: N802 # pywsgi's name for it
        """Read the header fields."""
        return read_head(stream)

    def _headers(self) -> Iterator[tuple[str, str]]:
        return self.headers.variables()

    def log_request(self) -> None:
        """Say nothing: pywsgi words a line for each request even where nobody reads it."""

    def log_error(self, msg: str, *args: object) -> None:
        """Say at DEBUG only what was wrong with a request: pywsgi says it for every line of garbage that a scanner sends."""
        log.debug(msg, *args)

    def handle(self) -> None:
        """Handle all requests of the connection."""
        self._slices = TimeSlices()
        try:
            super().handle()
        except OSError:
            pass  # gone before it could be told what is wrong
        finally:
            if self._limit is not None:
                self._limit.close()

    def read_requestline(self) -> str:
        """Return the first line of the next request."""
        self._slices.rest()  # of 3,000 that were sent together none waits for its head, and small answers wait for nothing
        self.socket.settimeout(None)  # one timer is enough
        self._limit = Timeout.start_new(self.head_seconds, NoHead("The head did not come in time"))
        line: str = super().read_requestline()
        return line

    def read_request(self, raw_requestline: str) -> bool:
        """Read the rest of its head."""
        try:
            is_read: bool = super().read_request(raw_requestline)
        except ValueError:
            raise
        except Exception as error:  # the connection is lost; or the version is "HTTP/1", at which pywsgi fails
            raise NoHead(f"No head: {error}") from error
        assert self._limit is not None
        self._limit.close()
        self.socket.settimeout(self.standstill_seconds)
        if self.request_version == "HTTP/1.1" and not self.headers.get("host"):
            raise ValueError("HTTP/1.1 without Host")  # RFC 9112, 3.2
        return is_read

    def most_body_bytes(self, path: str) -> int:
        """Return how long a request's body may be. A route that takes more has its own limit here."""
        return self.polling_bytes if path == self.polling_path else self.body_bytes

    def run_application(self) -> None:
        """Answer the request, once its body is here."""
        try:
            self._receive_body()
        except BodyRefused as refused:
            self._refuse(str(refused))
        else:
            super().run_application()

    def _receive_body(self) -> None:
        """Put the body into memory; a request without one, as for a WebSocket, is left as it is."""
        reader: Input = self.wsgi_input
        most = self.most_body_bytes(self.environ["PATH_INFO"])
        if (reader.content_length or 0) > most:
            raise BodyRefused("413 Content Too Large")
        if not reader.content_length and not reader.chunked_input:
            return
        body = None
        try:
            with Timeout(self.body_seconds, False):
                body = self._read(reader, most + 1)
        except OSError:  # the client hung up in the middle: no fault of ours, so no traceback
            raise BodyRefused("400 Bad Request") from None
        if body is None:
            raise BodyRefused("408 Request Timeout")
        if len(body) > most:
            raise BodyRefused("413 Content Too Large")
        self.wsgi_input = _Received(body)
        if self.environ["wsgi.input"] is reader:
            self.environ["wsgi.input"] = self.wsgi_input

    def _read(self, reader: Input, most: int) -> bytes:
        """Return up to `most` bytes. In pieces: 60,000 chunks of one byte held the loop for 240 ms."""
        parts: list[bytes] = []
        while most > 0 and (part := reader.read(min(most, PIECE_BYTES))):
            parts.append(part)
            most -= len(part)
            self._slices.rest()
        return b"".join(parts)

    def _refuse(self, status: str) -> None:
        self.wsgi_input = _Received(b"")  # nothing more is read of it
        self.close_connection = True
        headers = [("Content-Type", "text/plain"), ("Connection", "close"), ("X-Content-Type-Options", "nosniff")]
        self.result = [f"{status[4:]}\n".encode()]
        self.start_response(status, headers)
        self.process_result()
        self.result = None


class _Received(BytesIO):
    """A body that is here already."""

    def _discard(self, *_nothing: Any) -> None:
        """Leave what the application did not read: it is not on the connection any more."""
