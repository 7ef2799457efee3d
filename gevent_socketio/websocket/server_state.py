"""What the connections of one server share. Two servers in one process share nothing."""

from typing import NamedTuple

from gevent_socketio.timer_wheel import TimerWheel


class Limits(NamedTuple):
    """What one peer can cost."""

    message_bytes: int = 128 * 1024
    # What is queued for a peer that reads slowly; beyond it the connection is closed.
    queue_bytes: int = 1 << 20
    # How long a peer whose queue is not empty can read nothing.
    stall_seconds: float = 10.0
    # How long a peer has to answer a close frame.
    close_seconds: float = 5.0
    binary: bool = False


class ServerState:
    """Limits, timer, and the version of all routes."""

    __slots__ = ("limits", "route_version", "wheel")

    def __init__(self, wheel: TimerWheel, limits: Limits) -> None:
        self.wheel = wheel
        self.limits = limits
        # Version counter that invalidates cached recipient lists: it changes whenever a connection starts or stops to take
        # frames directly (see `WebSocket.direct_socket`).
        self.route_version = 0
