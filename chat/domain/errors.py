"""Everything that can be refused, and the one list of error codes that the wire speaks."""

from enum import StrEnum

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy

# A text, or one that is said in the language of whoever reads it.
Words = str | Promise


class Code(StrEnum):
    """The error codes of the wire."""

    BAD_REQUEST = "bad_request"
    NOT_SIGNED_IN = "not_signed_in"
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


# More particular words for some refusals, by the names that scripts have for them.
REASONS = {
    "ALREADY_SENT": gettext_lazy("You have already sent that several times."),
    "NOT_ACCEPTED": gettext_lazy("This person does not accept direct messages."),
    "BLOCKED_BY_YOU": gettext_lazy("You have blocked this person."),
}

# What a person is told when nothing more particular is known.
MESSAGES = {
    Code.BAD_REQUEST: gettext_lazy("That request was not understood."),
    Code.NOT_SIGNED_IN: gettext_lazy("Log in first."),
    # One text for a room that is not there and a room that one may not see: neither can be told from the other.
    Code.NOT_FOUND: gettext_lazy("Nothing here has that name."),
    Code.FORBIDDEN: gettext_lazy("You are not allowed to do that here."),
    Code.NOT_MEMBER: gettext_lazy("Join the room first."),
    Code.MUTED: gettext_lazy("You are muted in this room."),
    Code.BANNED: gettext_lazy("You are banned from this room."),
    Code.ROOM_CLOSED: gettext_lazy("This room is closed for writing."),
    Code.SLOW_MODE: gettext_lazy("Slow mode: wait before sending the next message."),
    Code.RATE_LIMITED: gettext_lazy("Too many at once. Wait a moment, then try again."),
    Code.HELD: gettext_lazy("Waiting for a moderator's approval. No need to resend."),
    Code.TOO_LONG: gettext_lazy("That text is too long."),
    Code.EMPTY: gettext_lazy("There is nothing to send."),
    Code.CONFLICT: gettext_lazy("That name is already taken."),
    Code.UNAVAILABLE: gettext_lazy("Temporarily unavailable. Try again in a moment."),
}


def with_reason(code: Code, reason: str) -> Words:
    """Return what a person is told who is refused: for a reason that a moderator gave, or one of REASONS."""
    if code in (Code.MUTED, Code.BANNED) and reason:
        return _refused_for(code, reason)
    return REASONS.get(reason) or reason or MESSAGES[code]


class ChatError(Exception):
    """A refusal with a code of the list, words for the person and, where waiting helps, the seconds to wait."""

    def __init__(self, code: Code, message: Words = "", retry_in: float | None = None) -> None:
        self.code = code
        self.retry_in = retry_in
        self._words = message or MESSAGES[code]
        super().__init__(self._words)

    @property
    def message(self) -> str:
        """What the person is told, in the language that is spoken where it is asked for."""
        return str(self._words)


class RoomsInEarlierRun(Exception):
    """Redis has restarted since these rooms were last looked at: they must be recovered before they are used."""

    def __init__(self, room_ids: list[int]) -> None:
        self.room_ids = room_ids
        super().__init__(room_ids)


class MessageIsArchived(Exception):
    """The message has left the live log: bring it back within reach, then ask again."""


class WrittenByAnother(Exception):
    """The message is somebody else's: whether it may be changed is for the record to say. Nothing was done."""

    def __init__(self, author: int, text: str, deleted_by: int | None = None) -> None:
        self.author = author
        self.text = text
        self.deleted_by = deleted_by
        super().__init__(author)


class WordListChanged(Exception):
    """The text was judged by another word list than the room has: judge it by this one, as JSON, and ask again."""

    def __init__(self, rules: bytes) -> None:
        self.rules = rules
        super().__init__(rules)


class Withheld(Exception):
    """The room's word list keeps this text from being shown. Nothing was done."""


def bad_request(message: Words) -> ChatError:
    """The request itself is wrong: sending it again will not help."""
    return ChatError(Code.BAD_REQUEST, message)


def not_found() -> ChatError:
    """Absent, or not to be seen: always the same words."""
    return ChatError(Code.NOT_FOUND)


def forbidden(message: Words = "") -> ChatError:
    """Seen, but not allowed."""
    return ChatError(Code.FORBIDDEN, message)


def conflict(message: Words = "") -> ChatError:
    """Something else already holds that name."""
    return ChatError(Code.CONFLICT, message)


def unavailable() -> ChatError:
    """A store does not answer: nothing was decided, and the same request may be sent again."""
    return ChatError(Code.UNAVAILABLE, retry_in=1.0)


def _why(code: Code, reason: str) -> str:
    return f"{str(MESSAGES[code]).removesuffix('.')}: {reason}"


_refused_for = lazy(_why, str)
