"""Items of a session's inbox besides messages: they are handled after what the client sent before.

Their length counts as their size.
"""

from typing import NamedTuple


class NamespaceLeft(NamedTuple):
    """The server has disconnected the client from a namespace, or the connection has ended."""

    namespace: str
    reason: str


class InvalidMessage(NamedTuple):
    """The transport received something that is not a packet."""

    text: str


class ConnectionClosed(NamedTuple):
    """The connection has ended."""

    reason: str
