"""What the archiver reads and trims in Redis, and the lease that makes it the only one."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from chat.domain.types import Position, RoomId, Turned, UserId
from chat.live.recovery import Amendment
from chat.live.redis import keys
from chat.live.redis.answers import position_in
from chat.live.redis.calls import Argument, Call
from chat.live.redis.scripts import ScriptRunner

LEASE_MS = 5_000
NEWEST_REVISIONS = 1_000
ROOMS_PER_PIPELINE = 1_000
# Taken at once: 200 messages as people write them have a quarter of it, 200 of the greatest length twenty times as much.
MOST_BYTES = 256 * 1024
# For so long a report of the archiver holds: a report that is never renewed would hide that nobody archives.
REPORT_SECONDS = 60.0


class Unarchived(NamedTuple):
    """What follows a position in a live room: after it is written, the room is archived up to `upto`."""

    upto: Position
    messages: Sequence[bytes]
    amendments: Sequence[Amendment]


class ArchivingStore:
    """The archiver's way to the live rooms."""

    def __init__(self, scripts: ScriptRunner) -> None:
        self._scripts = scripts

    def hold_lease(self, token: str) -> bool:
        """Take or keep the archiver's lease; False while another process holds it."""
        return bool(self._scripts.run("lease", {"lease": keys.ARCHIVER}, {"holder": token, "ms": LEASE_MS}))

    def release_lease(self, token: str) -> None:
        """Let another process follow at once."""
        self._scripts.run("lease", {"lease": keys.ARCHIVER}, {"holder": token, "ms": 0})

    def heads(self, room_ids: Sequence[RoomId]) -> dict[RoomId, Position]:
        """Return where each live room stands."""
        found: list[list[bytes | None]] = []
        for start in range(0, len(room_ids), ROOMS_PER_PIPELINE):
            asked = room_ids[start : start + ROOMS_PER_PIPELINE]
            found += self._scripts.ask([("HMGET", keys.room(room_id), "epoch", "seq", "rev") for room_id in asked])
        return {
            room_id: Position(epoch.decode(), int(seq or 0), int(rev or 0))
            for room_id, (epoch, seq, rev) in zip(room_ids, found, strict=True)
            if epoch is not None
        }

    def take_changed(self, most: int) -> set[RoomId]:
        """Return rooms that changed since they were taken last, at most so many."""
        [room_ids] = self._scripts.ask([("SPOP", keys.CHANGED, most)])
        return {int(room_id) for room_id in room_ids}

    def note_changed(self, room_ids: Iterable[RoomId]) -> None:
        """Let these rooms be taken again."""
        self._scripts.ask([("SADD", keys.CHANGED, *room_ids)])

    def unarchived(
        self, rooms: Mapping[RoomId, tuple[int, int]], most: int, most_bytes: int = MOST_BYTES
    ) -> dict[RoomId, Unarchived]:
        """Return the next messages and amendments after each room's (seq, rev), at most so many of each room.

        They have at most so many bytes, or are one. Nothing of a room that is in an earlier run, or lost.
        """
        calls = [
            Call("unarchived", _keys(room_id), {"seq": seq, "rev": rev, "most": most, "most_bytes": most_bytes})
            for room_id, (seq, rev) in rooms.items()
        ]
        answers = zip(rooms, self._scripts.run_many(calls), strict=True)
        return {room_id: _unarchived(answer) for room_id, answer in answers if answer.status == b"ok"}

    def changes(self, room_id: RoomId, seqs: Sequence[int]) -> dict[int, bytes]:
        """Return the amendment states that are live of these messages."""
        if not seqs:
            return {}
        [states] = self._scripts.ask([("HMGET", keys.amended(room_id), *seqs)])
        return {seq: state for seq, state in zip(seqs, states, strict=True) if isinstance(state, bytes)}

    def ends(self, room_id: RoomId) -> dict[str, tuple[int, int]]:
        """Return how far each earlier epoch of a room came."""
        [facts] = self._scripts.ask([("HGETALL", keys.room(room_id))])
        ends = {name.decode()[6:]: value.split() for name, value in _pairs(facts) if name.startswith(b"ended:")}
        return {epoch: (int(end[0]), int(end[1])) for epoch, end in ends.items() if len(end) == 2}

    def trim(self, archived: Mapping[RoomId, Position], most: int) -> None:
        """Keep the newest `most` messages of each room, and every one that is not archived."""
        self._scripts.run_many([_trim(room_id, upto, most) for room_id, upto in archived.items()])

    def read_markers(self, room_ids: Sequence[RoomId]) -> list[dict[UserId, Turned]]:
        """Return how far each member of each room has read."""
        names = [name for room_id in room_ids for name in (keys.read(room_id), keys.turns(room_id))]
        answers = self._scripts.ask([("HGETALL", name) for name in names])
        found = [(_pairs(read), dict(_pairs(turns))) for read, turns in zip(answers[::2], answers[1::2], strict=True)]
        return [{int(user): Turned(int(turns.get(user, 0)), int(seq)) for user, seq in read} for read, turns in found]

    def tell_lag(self, messages: int, seconds: float) -> None:
        """Say how far the archive is behind: messages that were not in it a moment ago, and the age of the oldest."""
        told = ("HSET", keys.ARCHIVE_LAG, "messages", messages, "seconds", f"{seconds:.3f}")
        self._scripts.ask([told, ("PEXPIRE", keys.ARCHIVE_LAG, round(REPORT_SECONDS * 1000))])


def _keys(room_id: RoomId) -> dict[str, str]:
    return {
        "room": keys.room(room_id),
        "log": keys.log(room_id),
        "amended": keys.amended(room_id),
        "revisions": keys.revisions(room_id),
    }


def _trim(room_id: RoomId, upto: Position, most: int) -> Call:
    asked: dict[str, Argument] = {
        "epoch": upto.epoch,
        "seq": upto.seq,
        "rev": upto.rev,
        "most": most,
        "newest_revisions": NEWEST_REVISIONS,
    }
    return Call("trim", _keys(room_id) | {"cold": keys.cold(room_id)}, asked)


def _unarchived(answer: Any) -> Unarchived:
    flat = answer.amendments
    parts = zip(flat[::4], flat[1::4], flat[2::4], flat[3::4], strict=True)
    amendments = [Amendment(int(changed), int(at), state.decode(), _reactions(fields)) for changed, at, state, fields in parts]
    return Unarchived(position_in(answer), answer.messages, amendments)


def _reactions(fields: Sequence[bytes]) -> dict[str, int]:
    return {field.decode(): int(ms) for field, ms in _pairs(fields)}


def _pairs(flat: Sequence[bytes]) -> Iterable[tuple[bytes, bytes]]:
    return zip(flat[::2], flat[1::2], strict=True)
