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


class Own(msgspec.Struct):
    """What a person's pages know of them beside their rooms: whom they block, and where they are asked to come back."""

    blocked: set[UserId] = msgspec.field(default_factory=set)
    invitations: list[dict[str, Any]] = msgspec.field(default_factory=list)

    def take_block(self, told: Mapping[str, Any]) -> None:
        """Follow a `blocked` event."""
        if told["blocked"]:
            self.blocked.add(told["user"])
        else:
            self.blocked.discard(told["user"])

    def take_invitation(self, told: Mapping[str, Any]) -> None:
        """Follow an `invited` event: a question, or that it is answered."""
        others = [each for each in self.invitations if each["room"] != told["room"]]
        self.invitations = others if told.get("answered") else [dict(told), *others]


class Connection:
    """A signed-in connection; `login` names the Django session it came in by. Times are seconds since 1970."""

    __slots__ = (
        "_typed",
        "_typed_at",
        "author",
        "client",
        "cookie",
        "expires_at",
        "is_open",
        "language",
        "login",
        "newcomer_until",
        "own",
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
        self.own = Own()
        self.status: Status = "active"
        self.is_open = True
        self.client = client
        self._typed = 0
        self._typed_at = 0.0

    @property
    def id(self) -> str:
        return self.client.id

    def deliver(self, packet: PreparedPacket) -> None:
        """Send a packet without waiting; who reads too slowly is closed: they come back and catch up without loss."""
        if self.is_open:
            self.client.send_packet(packet)

    def close(self) -> None:
        """End the connection; its disconnect handler does the rest."""
        if self.is_open:
            self.is_open = False
            # First: it tells a client that coming back needs a new log-in, not a new try.
            self.client.disconnect(NAMESPACE)
            self.client.close()

    def may_tell_typing(self, room_id: RoomId) -> bool:
        """Whether the last word of typing, if it was in this room, is old enough to say it again."""
        now = time.monotonic()
        if self._typed == room_id and now - self._typed_at < TYPING_SECONDS:
            return False
        self._typed, self._typed_at = room_id, now
        return True

    def has_sent(self) -> None:
        """What was typed is said: the next key press is a new word of typing."""
        self._typed = 0
