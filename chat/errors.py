"""Everything that can be refused, and the one list of error codes that the wire speaks."""

from enum import StrEnum


class Code(StrEnum):
    """The error codes of the wire."""

    BAD_REQUEST = "bad_request"
    NOT_FOUND = "not_found"
    FORBIDDEN = "forbidden"
    NOT_MEMBER = "not_member"
    MUTED = "muted"
    BANNED = "banned"
    ROOM_CLOSED = "room_closed"
    SLOW_MODE = "slow_mode"
    RATE_LIMITED = "rate_limited"
    HELD = "held"
    TOO_LONG = "too_long"
    EMPTY = "empty"
    CONFLICT = "conflict"
    UNAVAILABLE = "unavailable"


# What a person is told when nothing more particular is known.
MESSAGES = {
    Code.BAD_REQUEST: "That request was not understood.",
    # One text for a room that is not there and a room that one may not see: neither can be told from the other.
    Code.NOT_FOUND: "There is nothing here by that name.",
    Code.FORBIDDEN: "You may not do that here.",
    Code.NOT_MEMBER: "Join the room first.",
    Code.MUTED: "You are muted in this room.",
    Code.BANNED: "You are banned from this room.",
    Code.ROOM_CLOSED: "This room is closed for writing.",
    Code.SLOW_MODE: "Slow mode: wait a little before the next message.",
    Code.RATE_LIMITED: "Too many at once: wait a little.",
    Code.HELD: "A moderator looks at this message before anybody else does. You need not send it again.",
    Code.TOO_LONG: "That text is too long.",
    Code.EMPTY: "There is nothing to send.",
    Code.CONFLICT: "That name is already taken.",
    Code.UNAVAILABLE: "The server cannot do that just now. Try again in a moment.",
}


def with_reason(code: Code, reason: str) -> str:
    """Return what a person is told who is refused: for a reason that a moderator gave, or in more particular words."""
    if code in (Code.MUTED, Code.BANNED) and reason:
        return f"{MESSAGES[code].removesuffix('.')}: {reason}"
    return reason or MESSAGES[code]


class ChatError(Exception):
    """A refusal with a code of the list, words for the person and, where waiting helps, the seconds to wait."""

    def __init__(self, code: Code, message: str = "", retry_in: float | None = None) -> None:
        self.code = code
        self.message = message or MESSAGES[code]
        self.retry_in = retry_in
        super().__init__(self.message)


class RoomsInEarlierRun(Exception):
    """Redis has started anew since these rooms were last looked at: they must be recovered before they are used."""

    def __init__(self, room_ids: list[int]) -> None:
        self.room_ids = room_ids
        super().__init__(room_ids)


class MessageIsArchived(Exception):
    """The message has left the live log: bring it back within reach, then ask again."""


class WrittenByAnother(Exception):
    """The message is somebody else's: whether it may be changed is for the record to say. Nothing was done."""

    def __init__(self, author: int, text: str) -> None:
        self.author = author
        self.text = text
        super().__init__(author)


class WordListChanged(Exception):
    """The text was judged by another word list than the room has: judge it by this one, as JSON, and ask again."""

    def __init__(self, rules: bytes) -> None:
        self.rules = rules
        super().__init__(rules)


class Withheld(Exception):
    """The room's word list keeps this text from being shown. Nothing was done."""


def bad_request(message: str) -> ChatError:
    """The request itself is wrong: sending it again will not help."""
    return ChatError(Code.BAD_REQUEST, message)


def not_found() -> ChatError:
    """Absent, or not to be seen: always the same words."""
    return ChatError(Code.NOT_FOUND)


def forbidden(message: str = "") -> ChatError:
    """Seen, but not allowed."""
    return ChatError(Code.FORBIDDEN, message)


def conflict(message: str = "") -> ChatError:
    """Something else already holds that name."""
    return ChatError(Code.CONFLICT, message)


def unavailable() -> ChatError:
    """A store does not answer: nothing was decided, and the same request may be sent again."""
    return ChatError(Code.UNAVAILABLE, retry_in=1.0)
