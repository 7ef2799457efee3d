"""The way from long polling to a WebSocket: the client tries one, and changes over only when it has seen it work."""

from gevent_socketio.engineio.connection import Registry
from gevent_socketio.engineio.over_websocket import WebSocketEngine
from gevent_socketio.engineio.packet import PreparedPacket
from gevent_socketio.engineio.polling import PollingEngine
from gevent_socketio.websocket.connection import WebSocket

PROBE_SECONDS = 10.0
_PROBE, _UPGRADE = "2probe", "5"
_PROBE_ANSWER = PreparedPacket("3probe")


class Upgrade:
    """A WebSocket while it is tried out; polling goes on until the client says that it changes over."""

    __slots__ = ("_has_begun", "_is_over", "_polling", "_registry", "_websocket")

    def __init__(self, registry: Registry, polling: PollingEngine, websocket: WebSocket) -> None:
        self._registry = registry
        self._polling = polling
        self._websocket = websocket
        self._has_begun = False
        self._is_over = False
        websocket.receiver = self

    def on_message(self, message: str | bytes) -> None:
        """Take a step of the upgrade; anything else ends the attempt."""
        if message == _PROBE and not self._has_begun and self._polling.begin_upgrade(self):
            self._has_begun = True
            self._websocket.send(_PROBE_ANSWER.frame)
        elif message == _UPGRADE and self._has_begun:
            self._is_over = True
            self._registry.adopt(WebSocketEngine(self._registry, self._websocket), self._polling)
        else:
            self._websocket.close(1002, "not an upgrade")

    def on_closed(self, _code: int, _reason: str) -> None:
        """The attempt failed: polling goes on."""
        self._is_over = True
        if self._has_begun:
            self._polling.give_up_upgrade()

    def on_tick(self, _now: float) -> float:
        """Asked once, when the time for trying is over."""
        if not self._is_over:
            self.abort()
        return 0

    def abort(self) -> None:
        """End the attempt."""
        self._websocket.abort()
