"""Who gets what arrives on a WebSocket, and what a peer may cost."""

from typing import NamedTuple, Protocol


class Limits(NamedTuple):
    """What a peer may cost."""

    message_bytes: int = 128 * 1024
    queue_bytes: int = 1 << 20
    stall_seconds: float = 10.0
    close_seconds: float = 5.0
    binary: bool = False


class Receiver(Protocol):
    """Called in the loop: must not block."""

    def on_message(self, message: str | bytes) -> None:
        """Take a whole message."""
        ...

    def on_closed(self, code: int, reason: str) -> None:
        """Take note, once, in a turn of its own: never from within `send`, `close` or `abort`."""
        ...


class Nobody:
    """The receiver of a connection that nobody listens to, any more or yet."""

    def on_message(self, message: str | bytes) -> None:
        """Forget it."""

    def on_closed(self, code: int, reason: str) -> None:
        """Forget it."""


NOBODY = Nobody()
