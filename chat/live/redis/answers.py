"""What scripts answer when they do not do what was asked."""

from collections.abc import Sequence
from typing import Any, NoReturn

from chat.domain.errors import ChatError, Code, RoomsInEarlierRun, with_reason
from chat.domain.types import Marker, Position, RoomId


def require_this_run(room_ids: Sequence[RoomId], answers: Sequence[Any]) -> None:
    """Raise RoomsInEarlierRun if a room was last looked at in an earlier run of Redis."""
    earlier = [room_id for room_id, answer in zip(room_ids, answers, strict=True) if answer.status == b"recover"]
    if earlier:
        raise RoomsInEarlierRun(earlier)


def refuse(answer: Any) -> NoReturn:
    """Raise the ChatError that a script's answer `refused` means."""
    raise refusal(answer)


def refusal(answer: Any) -> ChatError:
    """Return that error."""
    code, wait_ms = Code(answer.code.decode()), int(answer.ms)
    return ChatError(code, with_reason(code, answer.reason.decode()), retry_in=wait_ms / 1000 if wait_ms else None)


def position_in(answer: Any) -> Position:
    """Return where an answer says that the room stands."""
    return Position(answer.epoch.decode(), int(answer.seq), int(answer.rev))


def marker_in(answer: Any) -> Marker:
    """Return the member's marker, and what is counted above it."""
    return Marker(int(answer.read), int(answer.turn), int(answer.unread), int(answer.mentions))
