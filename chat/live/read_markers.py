"""How far each member has read."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from chat.domain.types import Marker, Position, RoomId, UserId
from chat.live.redis import keys
from chat.live.redis.answers import refuse, require_this_run
from chat.live.redis.scripts import Argument, ScriptRunner

# How far counts of unread messages look back: as in counting.lua.
UNREAD_MOST = 10_000


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
        return _reading(self._read(room_id, user_id, seq, "" if turn is None else turn, [""]))

    def move_back(self, room_id: RoomId, user_id: UserId, seq: int, seen: int, own: Sequence[int]) -> Reading | None:
        """Move the marker back from where it was seen; None if it is not there any more.

        `own` is what the person wrote in between: it does not become unread to them.
        """
        answer = self._read(room_id, user_id, seq, "", [seen, *own])
        return None if answer[0] == b"moved" else _reading(answer)

    def _read(self, room_id: RoomId, user_id: UserId, seq: int, turn: Argument, back: Sequence[Argument]) -> Sequence[Any]:
        names = [keys.room(room_id), keys.members(room_id), keys.read(room_id), keys.turns(room_id)]
        answer = self._scripts.run("read", names, [user_id, room_id, seq, turn, keys.user_events(user_id), *back])
        require_this_run([room_id], [answer])
        if answer[0] == b"refused":
            refuse(answer)
        return answer  # type: ignore[no-any-return]


def _reading(answer: Sequence[Any]) -> Reading:
    read, turn, unread, mentions = (int(count) for count in answer[1:5])
    return Reading(Marker(read, turn, unread, mentions), Position(answer[5].decode(), int(answer[6]), int(answer[7])))
