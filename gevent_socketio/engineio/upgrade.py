"""The upgrade from long polling to a WebSocket (Engine.IO v4, "Upgrade").

The order of its steps keeps packets in order and loses none:
1. the client opens a WebSocket with its session id, and sends a probe;
2. the server answers the probe, and answers the waiting poll with a no-op: from now on packets are queued, not polled;
3. the client, whose last poll has returned, sends an upgrade packet;
4. the server moves the session to the WebSocket, and sends what was queued before anything new.
Until step 4 the session goes on by polling if anything fails.
"""

from gevent_socketio.engineio.over_websocket import WebSocketTransport
from gevent_socketio.engineio.polling import PollingTransport
from gevent_socketio.engineio.transport import TransportOwner
from gevent_socketio.packet import PreparedPacket
from gevent_socketio.websocket.connection import WebSocket

PROBE_SECONDS = 10.0
_PROBE, _UPGRADE = "2probe", "5"
_PROBE_ANSWER = PreparedPacket("3probe")


class Upgrade:
    """A WebSocket during an upgrade: its message listener, and an entry of the timer wheel for the timeout."""

    __slots__ = ("_has_begun", "_is_over", "_owner", "_polling", "_websocket")

    def __init__(self, owner: TransportOwner, polling: PollingTransport, websocket: WebSocket) -> None:
        self._owner = owner
        self._polling = polling
        self._websocket = websocket
        self._has_begun = False
        self._is_over = False
        websocket.listener = self

    def on_message(self, message: str | bytes) -> None:
        """Take a step of the upgrade; anything else ends the attempt."""
        if message == _PROBE and not self._has_begun and self._polling.begin_upgrade(self):
            self._has_begun = True
            self._websocket.send(_PROBE_ANSWER.frame)
        elif message == _UPGRADE and self._has_begun:
            self._is_over = True  # first: the timer must not abort a WebSocket that is in use
            self._owner.replace(self._polling, WebSocketTransport(self._owner, self._websocket))
        else:
            self._websocket.close(1002, "not an upgrade")

    def on_closed(self, _code: int, _reason: str) -> None:
        """Continue with polling, because the attempt failed."""
        self._is_over = True
        if self._has_begun:
            self._polling.give_up_upgrade()

    def on_tick(self, _now: float) -> float:
        """Abort after the timeout; called once."""
        if not self._is_over:
            self.abort()
        return 0

    def abort(self) -> None:
        """End the attempt."""
        self._websocket.abort()
