"""The stock WebSocket transport, kept from corrupting, swelling and hanging."""

from collections.abc import Callable
from contextlib import suppress
from socket import SHUT_RDWR
from typing import Any

import gevent
from engineio.async_drivers.gevent import WebSocketWSGI
from gevent.lock import RLock

SEND_SECONDS = 10.0
# Set in a request's environ when its socket has been a WebSocket: no HTTP may be spoken on it any more.
UPGRADED = "chat.upgraded"

StartResponse = Callable[..., Any]


class CarefulWebSocket(WebSocketWSGI):  # type: ignore[misc]  # engineio has no types
    """simple-websocket with its three holes closed: short writes, compression, and frames without a limit."""

    def __init__(self, handler: Callable[..., Any], server: Any) -> None:
        super().__init__(handler, server)
        # Counted while a message comes in, fragments and all; engineio itself looks only when it is whole in memory.
        self.server_args["max_message_size"] = server.max_http_buffer_size

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Any:
        """Speak WebSocket on the request's socket."""
        # A client that may compress may send half a megabyte that becomes one gigabyte.
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        try:
            return super().__call__(environ, start_response)
        finally:
            environ[UPGRADED] = True
            with suppress(OSError):
                environ["wsgi.input"].raw._sock.shutdown(SHUT_RDWR)

    def send(self, message: str) -> Any:
        """Send a frame whole."""
        if not isinstance(self.ws.sock, WholeSocket):
            self.ws.sock = WholeSocket(self.ws.sock)
        return super().send(message)


class WholeSocket:
    """A socket whose `send` sends everything, one sender at a time.

    simple-websocket ignores that a send may be short (its issue #45), and answers pings while another greenlet writes: a
    client that stalled for 2 s got corrupt frames. Who does not read for 10 s is cut off.
    """

    def __init__(self, sock: Any) -> None:
        self._sock = sock
        self._turn = RLock()

    def send(self, data: bytes) -> int:
        """Send all of it; raises BrokenPipeError when the reader takes too long."""
        with self._turn:
            try:
                with gevent.Timeout(SEND_SECONDS):
                    self._sock.sendall(data)
            except (gevent.Timeout, OSError) as error:
                self._sock.close()
                raise BrokenPipeError from error
        return len(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)
