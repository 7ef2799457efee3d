"""How far each member has read."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from chat.domain.types import Marker, Position, RoomId, UserId
from chat.live.redis import keys
from chat.live.redis.answers import marker_in, position_in, refuse, require_this_run
from chat.live.redis.calls import Argument
from chat.live.redis.scripts import ScriptRunner


class Reading(NamedTuple):
    """A member's marker as it is where the room stands."""

    marker: Marker
    position: Position


class ReadingStore:
    """The read markers. Raises RoomsInEarlierRun, and ChatError to outsiders."""

    def __init__(self, scripts: ScriptRunner) -> None:
        self._scripts = scripts

    def move(self, room_id: RoomId, user_id: UserId, seq: int, turn: int | None = None) -> Reading:
        """Move the marker forward, unless a later turn has begun; the person's devices are told if it moved."""
        return _reading(self._read(room_id, user_id, seq, "" if turn is None else turn))

    def move_back(self, room_id: RoomId, user_id: UserId, seq: int, seen: int, own: Sequence[int]) -> Reading | None:
        """Move the marker back from where it was seen; None if it is not there any more.

        `own` is what the person wrote in between: it does not become unread to them.
        """
        answer = self._read(room_id, user_id, seq, "", seen, own)
        return None if answer.status == b"moved" else _reading(answer)

    def _read(
        self, room_id: RoomId, user_id: UserId, seq: int, turn: Argument, seen: Argument = "", own: Sequence[int] = ()
    ) -> Any:
        names = {
            "room": keys.room(room_id),
            "members": keys.members(room_id),
            "read": keys.read(room_id),
            "turns": keys.turns(room_id),
        }
        arguments: dict[str, Argument] = {
            "user": user_id,
            "room_id": room_id,
            "seq": seq,
            "turn": turn,
            "person_channel": keys.user_events(user_id),
            "seen": seen,
        }
        answer = self._scripts.run("read", names, arguments, own)
        require_this_run([room_id], [answer])
        if answer.status == b"refused":
            refuse(answer)
        return answer


def _reading(answer: Any) -> Reading:
    return Reading(marker_in(answer), position_in(answer))
