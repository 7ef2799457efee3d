"""What scripts answer when they do not do what was asked."""

from collections.abc import Sequence
from typing import Any, NoReturn

from chat.entities import RoomId
from chat.errors import ChatError, Code, RoomsInEarlierRun


def require_this_run(room_ids: Sequence[RoomId], answers: Sequence[Any]) -> None:
    """Raise RoomsInEarlierRun if a room was last looked at in an earlier run of Redis."""
    earlier = [room_id for room_id, answer in zip(room_ids, answers, strict=True) if answer[0] == b"recover"]
    if earlier:
        raise RoomsInEarlierRun(earlier)


def refuse(answer: Sequence[bytes]) -> NoReturn:
    """Raise the ChatError that a script's {'refused', code, ms to wait} means."""
    raise refusal(answer)


def refusal(answer: Sequence[bytes]) -> ChatError:
    """Return that error."""
    wait_ms = int(answer[2])
    return ChatError(Code(answer[1].decode()), retry_in=wait_ms / 1000 if wait_ms else None)
