"""One person's live connection: the seam between what Parley says and the transport that carries it."""

import time
from collections.abc import Callable

from chat.entities import Author, RoomId, Status
from chat.realtime.packets import PreparedPacket

# What may wait for a slow reader. Past it the connection is closed: the client comes back and catches up without loss.
QUEUED_PACKETS = 1_000
TYPING_SECONDS = 1.5

Send = Callable[[PreparedPacket], bool]
Close = Callable[[], None]


class Connection:
    """A signed-in connection. `send` gives a packet to the transport and answers False once too much waits there."""

    __slots__ = (
        "_close",
        "_send",
        "_typed",
        "_typed_at",
        "author",
        "cookie",
        "expires_at",
        "id",
        "is_open",
        "rooms",
        "session",
        "status",
    )

    def __init__(
        self, connection_id: str, author: Author, session: str, expires_at: float, cookie: str, send: Send, close: Close
    ) -> None:
        self.id = connection_id
        self.author = author
        self.session = session
        self.expires_at = expires_at
        self.cookie = cookie
        self.rooms: set[RoomId] = set()
        self.status: Status = "active"
        self.is_open = True
        self._send = send
        self._close = close
        self._typed = 0
        self._typed_at = 0.0

    def deliver(self, packet: PreparedPacket) -> None:
        """Send a packet, or end the connection when its reader is too slow."""
        if self.is_open and not self._send(packet):
            self.close()

    def close(self) -> None:
        """End the connection; its disconnect handler does the rest."""
        if self.is_open:
            self.is_open = False
            self._close()

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
