"""What a WebSocket reports to its owner."""

from typing import Protocol


class MessageListener(Protocol):
    """Receives what arrives on a WebSocket. Called from the loop: must not block."""

    def on_message(self, message: str | bytes) -> None:
        """Handle a whole message."""
        ...

    def on_closed(self, code: int, reason: str) -> None:
        """Handle the end, once, in a callback of its own: never within `send`, `close` or `abort`."""
        ...


class NullMessageListener:
    """Stands in before a listener is set, and after the connection has ended."""

    def on_message(self, message: str | bytes) -> None:
        """Ignore it."""

    def on_closed(self, code: int, reason: str) -> None:
        """Ignore it."""


NULL_LISTENER = NullMessageListener()
