"""Limits how many clients without a namespace one address can have, since each holds a file descriptor."""

from collections.abc import Callable
from wsgiref.types import WSGIEnvironment

from gevent_socketio.interface import Client

# Above this many addresses, those without pending clients are removed.
MAX_ADDRESSES = 10_000


class PendingClients:
    """Counts pending clients by address: from the first request until a namespace accepts the client, or until it is gone."""

    def __init__(self, most: int, address_of: Callable[[WSGIEnvironment], str]) -> None:
        """Allow `most` pending clients for an address; 0 is no limit."""
        self._most = most
        self._address_of = address_of
        self._by_address: dict[str, list[Client]] = {}

    def is_full(self, environ: WSGIEnvironment) -> bool:
        """Whether the address of a request has reached the limit."""
        clients = self._by_address.get(self._address_of(environ), ())
        # The list also holds clients that were accepted since; it is only cleaned when it seems full.
        return bool(self._most) and len(clients) >= self._most and len(self._clean(environ)) >= self._most

    def add(self, environ: WSGIEnvironment, client: Client) -> None:
        """Count a new client."""
        if self._most:
            if len(self._by_address) >= MAX_ADDRESSES:
                self._clean_all()
            self._by_address.setdefault(self._address_of(environ), []).append(client)

    def _clean(self, environ: WSGIEnvironment) -> list[Client]:
        address = self._address_of(environ)
        self._by_address[address] = pending = [client for client in self._by_address[address] if _is_pending(client)]
        return pending

    def _clean_all(self) -> None:
        pending = {address: list(filter(_is_pending, clients)) for address, clients in self._by_address.items()}
        self._by_address = {address: clients for address, clients in pending.items() if clients}


def _is_pending(client: Client) -> bool:
    return client.environ is not None and client.is_open
