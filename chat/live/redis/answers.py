"""What scripts answer when they do not do what was asked."""

from collections.abc import Sequence
from typing import Any, NoReturn

from chat.domain.errors import ChatError, Code, RoomsInEarlierRun, with_reason
from chat.domain.types import RoomId


def require_this_run(room_ids: Sequence[RoomId], answers: Sequence[Any]) -> None:
    """Raise RoomsInEarlierRun if a room was last looked at in an earlier run of Redis."""
    earlier = [room_id for room_id, answer in zip(room_ids, answers, strict=True) if answer[0] == b"recover"]
    if earlier:
        raise RoomsInEarlierRun(earlier)


def refuse(answer: Sequence[bytes]) -> NoReturn:
    """Raise the ChatError that a script's {'refused', code, ms to wait, reason or nothing} means."""
    raise refusal(answer)


def refusal(answer: Sequence[bytes]) -> ChatError:
    """Return that error."""
    code, wait_ms = Code(answer[1].decode()), int(answer[2])
    reason = answer[3].decode() if len(answer) > 3 else ""
    return ChatError(code, with_reason(code, reason), retry_in=wait_ms / 1000 if wait_ms else None)
