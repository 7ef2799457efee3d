"""What somebody missed: a member who was away, or a process whose subscription was."""

from collections.abc import Mapping, Sequence
from typing import Any

from chat.domain.message_state import as_amendment, parse_state
from chat.domain.types import CatchUp, Marker, Missed, Position, RoomFacts, RoomId, UserId
from chat.live.messages.message_view import MessageView, StandingReader, StoredMessage
from chat.live.notifications import as_written
from chat.live.redis import keys
from chat.live.redis.answers import require_this_run
from chat.live.redis.scripts import Call, ScriptRunner
from chat.live.sanctions import parse_sanction

MISSED_MOST = 500
NEWEST_MESSAGES = 50
REPAIRED_MOST = 1_000


class CatchUpStore:
    """Reads on from a position."""

    def __init__(self, scripts: ScriptRunner, standing: StandingReader) -> None:
        self._scripts = scripts
        self._standing = standing

    def catch_up(self, user_id: UserId, positions: Mapping[RoomId, Position]) -> list[CatchUp]:
        """Return what the member missed in each room since the position; rooms they are not in are left out.

        Raises RoomsInEarlierRun, ChatError unavailable.
        """
        answers = self._scripts.run_many([_sync(room_id, user_id, position) for room_id, position in positions.items()])
        require_this_run(list(positions), answers)
        seen = [(room_id, answer) for room_id, answer in zip(positions, answers, strict=True) if answer[0] != b"refused"]
        standing = self._standing.read(user_id, [StoredMessage(room_id, *answer[16:19]) for room_id, answer in seen])
        return [_catch_up(room_id, answer, now) for (room_id, answer), now in zip(seen, standing, strict=True)]

    def missed(self, positions: Mapping[RoomId, Position]) -> list[Missed]:
        """Return what was published in each room since the position, for a process that missed it."""
        calls = [
            Call(
                "missed",
                [keys.room(room_id), keys.log(room_id), keys.amended(room_id), keys.revisions(room_id)],
                [position.epoch, position.seq, position.rev, REPAIRED_MOST],
            )
            for room_id, position in positions.items()
        ]
        answers = self._scripts.run_many(calls)
        return [_missed(room_id, answer) for room_id, answer in zip(positions, answers, strict=True)]


def _sync(room_id: RoomId, user_id: UserId, position: Position) -> Call:
    names = [
        keys.room(room_id),
        keys.log(room_id),
        keys.members(room_id),
        keys.read(room_id),
        keys.amended(room_id),
        keys.revisions(room_id),
        keys.notifications(room_id),
        keys.sanctions(room_id),
        keys.turns(room_id),
    ]
    return Call("sync", names, [user_id, position.epoch, position.seq, position.rev, MISSED_MOST, NEWEST_MESSAGES])


def _catch_up(room_id: RoomId, answer: Sequence[Any], standing: MessageView) -> CatchUp:
    complete, slug, name, kind, topic, state, slow_mode, role = (part.decode() for part in answer[:8])
    notifications, epoch, seq, rev, *marker = answer[8:16]
    return CatchUp(
        RoomFacts(room_id, slug, name, kind, topic, state, int(slow_mode)),
        role,
        as_written(notifications),
        Position(epoch.decode(), int(seq), int(rev)),
        Marker(*map(int, marker)),
        complete == "complete",
        standing.messages,
        standing.amendments,
        parse_sanction(answer[19]),
    )


def _missed(room_id: RoomId, answer: Sequence[Any]) -> Missed:
    epoch, seq, rev, messages, flat = answer
    states = [(int(rev), parse_state(state)) for rev, state in zip(flat[::2], flat[1::2], strict=True)]
    amendments = [(number, as_amendment(room_id, state, set())) for number, state in states if state]
    return Missed(Position(epoch.decode(), int(seq), int(rev)), messages, amendments)
