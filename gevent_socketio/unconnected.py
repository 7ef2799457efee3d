"""Clients that are connected to no namespace yet: how many one address can have, since each holds a descriptor."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gevent_socketio.socketio.session import Session

Environ = dict[str, Any]
# So many addresses are remembered before those without such a client are forgotten.
MOST_ADDRESSES = 10_000


class UnconnectedClients:
    """Counts them by address. A client counts until a namespace lets it in, or until it is gone."""

    def __init__(self, most: int, address_of: Callable[[Environ], str]) -> None:
        """Allow an address `most` of them; 0 is no limit."""
        self._most = most
        self._address_of = address_of
        self._by_address: dict[str, list[Session]] = {}

    def is_full(self, environ: Environ) -> bool:
        """Whether the address that a request comes from has as many as it can have."""
        sessions = self._by_address.get(self._address_of(environ), ())
        return bool(self._most) and len(sessions) >= self._most and len(self._still_unconnected(environ)) >= self._most

    def add(self, environ: Environ, session: "Session") -> None:
        """Count a client from now on."""
        if self._most:
            if len(self._by_address) >= MOST_ADDRESSES:
                self._forget_connected()
            self._by_address.setdefault(self._address_of(environ), []).append(session)

    def _still_unconnected(self, environ: Environ) -> "list[Session]":
        address = self._address_of(environ)
        self._by_address[address] = left = [one for one in self._by_address[address] if _is_unconnected(one)]
        return left

    def _forget_connected(self) -> None:
        left = {address: list(filter(_is_unconnected, sessions)) for address, sessions in self._by_address.items()}
        self._by_address = {address: sessions for address, sessions in left.items() if sessions}


def _is_unconnected(session: "Session") -> bool:
    return session.environ is not None and session.is_open
