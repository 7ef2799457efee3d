"""What somebody missed: a member who was away, or a process whose subscription was."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from chat.domain.message_state import as_amendment, parse_state
from chat.domain.types import CatchUp, Missed, Position, RoomFacts, RoomId, UserId
from chat.live.messages.message_view import MessageView, StandingReader, StoredMessage
from chat.live.notifications import as_written
from chat.live.redis import keys
from chat.live.redis.answers import marker_in, position_in, require_this_run
from chat.live.redis.calls import Argument, Call
from chat.live.redis.scripts import ScriptRunner
from chat.live.sanctions import parse_sanction

REPAIRED_MOST = 1_000


class Extent(NamedTuple):
    """How much of a room is given: what was missed, if it is no more than so many, else the newest; within so many bytes."""

    missed: int
    newest: int
    bytes: int


# Bytes: so that 500 messages of 8,000 letters are not read at once.
WHOLE = Extent(500, 50, 256 * 1024)
# Of a room that is not in sight: its last message, or the few that its client lacks.
OUTLINE = Extent(50, 1, 8 * 1024)


class CatchUpStore:
    """Reads on from a position."""

    def __init__(self, scripts: ScriptRunner, standing: StandingReader) -> None:
        self._scripts = scripts
        self._standing = standing

    def catch_up(self, user_id: UserId, positions: Mapping[RoomId, Position], extent: Extent = WHOLE) -> list[CatchUp]:
        """Return what the member missed in each room since the position; rooms they are not in are left out.

        Raises RoomsInEarlierRun, ChatError unavailable.
        """
        calls = [_sync(room_id, user_id, position, extent) for room_id, position in positions.items()]
        answers = self._scripts.run_many(calls)
        require_this_run(list(positions), answers)
        seen = [(room_id, answer) for room_id, answer in zip(positions, answers, strict=True) if answer.status != b"refused"]
        stored = [StoredMessage(room_id, answer.messages, answer.states, answer.amended) for room_id, answer in seen]
        standing = self._standing.read(user_id, stored)
        return [_catch_up(room_id, answer, now) for (room_id, answer), now in zip(seen, standing, strict=True)]

    def missed(self, positions: Mapping[RoomId, Position]) -> list[Missed]:
        """Return what was published in each room since the position, for a process that missed it."""
        calls = [
            Call(
                "missed",
                {
                    "room": keys.room(room_id),
                    "log": keys.log(room_id),
                    "amended": keys.amended(room_id),
                    "revisions": keys.revisions(room_id),
                },
                {"epoch": position.epoch, "seq": position.seq, "rev": position.rev, "most": REPAIRED_MOST},
            )
            for room_id, position in positions.items()
        ]
        answers = self._scripts.run_many(calls)
        return [_missed(room_id, answer) for room_id, answer in zip(positions, answers, strict=True)]


def _sync(room_id: RoomId, user_id: UserId, position: Position, extent: Extent) -> Call:
    names = {
        "room": keys.room(room_id),
        "log": keys.log(room_id),
        "members": keys.members(room_id),
        "read": keys.read(room_id),
        "amended": keys.amended(room_id),
        "revisions": keys.revisions(room_id),
        "notifications": keys.notifications(room_id),
        "sanctions": keys.sanctions(room_id),
        "turns": keys.turns(room_id),
    }
    asked: dict[str, Argument] = {
        "user": user_id,
        "epoch": position.epoch,
        "seq": position.seq,
        "rev": position.rev,
        "most": extent.missed,
        "newest": extent.newest,
        "bytes": extent.bytes,
    }
    return Call("sync", names, asked)


def _catch_up(room_id: RoomId, answer: Any, standing: MessageView) -> CatchUp:
    slug, name, kind, topic, state = (
        part.decode() for part in (answer.slug, answer.name, answer.kind, answer.topic, answer.state)
    )
    return CatchUp(
        RoomFacts(room_id, slug, name, kind, topic, state, int(answer.slow_mode)),
        answer.role.decode(),
        as_written(answer.notifications),
        position_in(answer),
        marker_in(answer),
        answer.status == b"complete",
        standing.messages,
        standing.amendments,
        parse_sanction(answer.sanction),
    )


def _missed(room_id: RoomId, answer: Any) -> Missed:
    flat = answer.states
    states = [(int(rev), parse_state(state)) for rev, state in zip(flat[::2], flat[1::2], strict=True)]
    amendments = [(number, as_amendment(room_id, state, set())) for number, state in states if state]
    return Missed(position_in(answer), answer.messages, amendments)
