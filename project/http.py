"""HTTP requests, of which some become WebSockets."""

from gevent.pywsgi import WSGIHandler

from chat.realtime.websocket import UPGRADED


class LiveHandler(WSGIHandler):  # type: ignore[misc]  # gevent has no types
    """pywsgi's handler, but for requests that became WebSockets.

    Stock, it would write an HTTP answer into the ended WebSocket, and take its last frame for another request.
    """

    def process_result(self) -> None:
        """Write the answer, unless the connection is past that."""
        if self.environ.get(UPGRADED):
            self.close_connection = True
        else:
            super().process_result()
