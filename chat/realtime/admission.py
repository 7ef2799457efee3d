"""Who may connect: a page of ours, with a session that is still good."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from accounts.sessions import Authenticated
from chat.entities import Author
from chat.errors import ChatError, Code
from chat.realtime.connection import Close, Connection, Send
from chat.realtime.origin import is_ours

Authenticate = Callable[[str], Authenticated | None]
Transport = Callable[[str], tuple[Send, Close]]


class Admission:
    """Makes connections of those who may connect."""

    def __init__(self, authenticate: Authenticate, origins: Collection[str], transport: Transport) -> None:
        self._authenticate = authenticate
        self._origins = frozenset(origins)
        self._transport = transport

    def admit(self, sid: str, environ: Mapping[str, Any]) -> Connection:
        """Return the person's connection; raises forbidden."""
        if not is_ours(environ, self._origins):
            raise ChatError(Code.FORBIDDEN, "This page may not connect here.")
        cookie = environ.get("HTTP_COOKIE", "")
        known = self._authenticate(cookie)
        if known is None:
            raise ChatError(Code.FORBIDDEN, "Log in first.")
        author = Author(known.user.pk, known.user.handle, known.user.name)
        return Connection(sid, author, known.session_hash, known.expires_at.timestamp(), cookie, *self._transport(sid))
