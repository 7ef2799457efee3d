"""One person's live connection: what Parley knows of a session of the transport."""

import time
from collections.abc import Mapping
from typing import Any

import msgspec

from chat.domain.protocol import NAMESPACE
from chat.domain.types import Author, RoomId, Status, UserId
from gevent_socketio.interface import Client
from gevent_socketio.packet import PreparedPacket

TYPING_SECONDS = 1.5


class PersonFacts(msgspec.Struct):
    """What `sync` tells a person beside their rooms: whom they block, and which rooms invite them to come back."""

    blocked: set[UserId] = msgspec.field(default_factory=set)
    invitations: list[dict[str, Any]] = msgspec.field(default_factory=list)

    def update_block(self, event: Mapping[str, Any]) -> None:
        """Apply a `blocked` event."""
        if event["blocked"]:
            self.blocked.add(event["user"])
        else:
            self.blocked.discard(event["user"])

    def update_invitation(self, event: Mapping[str, Any]) -> None:
        """Apply an `invited` event: a new invitation, or the answer to one."""
        others = [each for each in self.invitations if each["room"] != event["room"]]
        self.invitations = others if event.get("answered") else [dict(event), *others]


class Connection:
    """A signed-in connection; `login` is the hash of the Django session it was opened with. Times are seconds since 1970."""

    __slots__ = (
        "_typing_at",
        "_typing_in",
        "author",
        "client",
        "cookie",
        "expires_at",
        "is_open",
        "language",
        "login",
        "newcomer_until",
        "person",
        "rooms",
        "status",
    )

    def __init__(
        self,
        client: Client,
        author: Author,
        login: str,
        expires_at: float,
        cookie: str,
        newcomer_until: float = 0,
        language: str = "",
    ) -> None:
        self.author = author
        self.newcomer_until = newcomer_until
        self.login = login
        self.expires_at = expires_at
        self.cookie = cookie
        self.language = language
        self.rooms: set[RoomId] = set()
        self.person = PersonFacts()
        self.status: Status = "active"
        self.is_open = True
        self.client = client
        self._typing_in = 0
        self._typing_at = 0.0

    @property
    def id(self) -> str:
        return self.client.id

    def deliver(self, packet: PreparedPacket) -> None:
        """Send a packet without blocking; a client that reads too slowly is disconnected, and catches up without loss."""
        if self.is_open:
            self.client.send_packet(packet)

    def close(self) -> None:
        """End the connection; the gateway's `disconnect` does the rest."""
        if self.is_open:
            self.is_open = False
            # First: it tells the client that connecting again needs a new login, not a retry.
            self.client.disconnect(NAMESPACE)
            self.client.close()

    def note_typing(self, room_id: RoomId) -> bool:
        """Whether to publish `typing` now: not again for the same room within TYPING_SECONDS."""
        now = time.monotonic()
        if self._typing_in == room_id and now - self._typing_at < TYPING_SECONDS:
            return False
        self._typing_in, self._typing_at = room_id, now
        return True

    def end_typing(self) -> None:
        """Publish `typing` again at the next key press: what was typed has been sent."""
        self._typing_in = 0
