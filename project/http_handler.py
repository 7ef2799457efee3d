"""HTTP requests that arrive in time: pywsgi itself waits for ever, and 500 half requests keep 500 descriptors (slowloris)."""

from collections.abc import Iterator
from typing import BinaryIO

from gevent import Timeout
from gevent.pywsgi import WSGIHandler

from project.http_head import Head, read_head


class NoHead(OSError, ValueError):
    """A request's head did not come in time, or is none. pywsgi ends at an OSError, but only a ValueError is no news to it."""


class PromptHandler(WSGIHandler):  # type: ignore[misc]
    """Waits so long for the whole head of a connection's next request, and so long for body and answer to move on."""

    head_seconds = 5.0
    standstill_seconds = 20.0

    # A client that stands still is like one that has gone: nothing to log.
    ignored_socket_errors = (*WSGIHandler.ignored_socket_errors, "timed out")

    _limit: Timeout | None = None
    headers: Head

    def MessageClass(self, stream: BinaryIO, _seekable: int) -> Head:  # noqa: N802 # pywsgi's name for it
        """Read the header fields."""
        return read_head(stream)

    def _headers(self) -> Iterator[tuple[str, str]]:
        return self.headers.variables()

    def log_request(self) -> None:
        """Say nothing: pywsgi words a line for each request even where nobody reads it."""

    def handle(self) -> None:
        """Handle all requests of the connection."""
        try:
            super().handle()
        except OSError:
            pass  # gone before it could be told what is wrong
        finally:
            if self._limit is not None:
                self._limit.close()

    def read_requestline(self) -> str:
        """Return the first line of the next request."""
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
        return is_read
