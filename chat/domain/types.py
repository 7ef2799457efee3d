"""The words of the trade as frozen values. Nothing here imports the rest of the house."""

from typing import Literal, NamedTuple

import msgspec

RoomId = int
UserId = int
# Its room and its seq.
MessageId = tuple[RoomId, int]
Kind = Literal["public", "private", "direct"]
State = Literal["open", "announcement", "locked", "archived"]
Role = Literal["owner", "moderator", "member"]
SanctionKind = Literal["mute", "ban"]
Status = Literal["active", "away", "offline"]
Level = Literal["all", "mentions", "nothing"]


class Author(msgspec.Struct, frozen=True):
    """Who wrote a message, as everyone sees them."""

    id: UserId
    handle: str
    name: str


class Notifications(msgspec.Struct, frozen=True):
    """What a member wants to be told of in a room; `muted` hushes the room altogether.

    `hidden` keeps a direct room out of their list while this is its newest message.
    """

    level: Level
    muted: bool = False
    hidden: int = 0


class Member(msgspec.Struct, frozen=True):
    """Somebody's place in a room."""

    id: UserId
    handle: str
    role: Role
    notifications: Notifications


class RoomFacts(msgspec.Struct, frozen=True):
    """What is known of a room apart from its people and messages; `slow_mode` in seconds."""

    id: RoomId
    slug: str
    name: str
    kind: Kind
    topic: str
    state: State
    slow_mode: int


class Position(msgspec.Struct, frozen=True):
    """How far a client has come in a room."""

    epoch: str = ""
    seq: int = 0
    rev: int = 0


class LiveSanction(msgspec.Struct, frozen=True):
    """What holds for a person in a room; `until` in ms since 1970, None: permanently."""

    kind: SanctionKind
    until: int | None
    reason: str


class Marker(msgspec.Struct, frozen=True):
    """How far a member has read, how often the marker was moved back before, and what follows it.

    That is messages of others that are not deleted, and those of them that mention the member.
    """

    read: int
    turn: int
    unread: int
    mentions: int


class Turned(NamedTuple):
    """A read marker, and how often it was moved back before: the greater of two is the newer."""

    turn: int
    seq: int


class PersonHere(msgspec.Struct, frozen=True):
    """A person who is in a room now."""

    user: UserId
    status: Status


class Accepted(msgspec.Struct, frozen=True):
    """What became of a message that was sent; `sent_at` in ms since 1970, 0 when a resend's original left the live log.

    `flagged`: moderators should look at it.
    """

    seq: int
    epoch: str
    sent_at: int
    duplicate: bool
    flagged: bool = False


class CatchUp(msgspec.Struct, frozen=True):
    """A room as one member finds it after being away; `messages`, as they stand, and `amendments` are JSON texts in order."""

    facts: RoomFacts
    role: Role
    notifications: Notifications
    position: Position
    marker: Marker
    complete: bool
    messages: list[bytes]
    amendments: list[bytes]
    sanction: LiveSanction | None = None


class HistoryPage(msgspec.Struct, frozen=True):
    """Part of a room's live log in order, as it stands; `floor` is the lowest seq that the live log holds."""

    messages: list[bytes]
    first_seq: int
    floor: int

    @property
    def first(self) -> bool:
        """Whether nothing comes before it."""
        return self.first_seq <= 1


class Missed(msgspec.Struct, frozen=True):
    """What a subscription missed: JSON texts with their seq or rev, in order; both empty where it cannot all be told."""

    position: Position
    messages: list[bytes]
    amendments: list[tuple[int, bytes]]
