"""Live rooms after Redis restarted or lost something: what is there, and making it what it should be."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec
import redis

from chat.domain.types import LiveSanction, Member, Position, RoomFacts, RoomId, Turned, UserId
from chat.live.blocks import ids_of
from chat.live.messages.log import REMEMBER_CLIENT_ID_MS
from chat.live.notifications import written
from chat.live.redis import keys
from chat.live.redis.calls import Argument, Call
from chat.live.redis.client import answering
from chat.live.redis.scripts import ScriptRunner
from chat.live.rooms import room_fields
from chat.live.sanctions import lines_of
from chat.live.word_lists import list_fields


class LiveRoom(NamedTuple):
    """A live room as it was found; version 0 and empty texts where there is none.

    `is_torn`: Redis kept a transaction in part, so that the room's number is not its newest message's; `seq` is the latter.
    """

    version: int
    epoch: str
    seq: int
    rev: int
    run_id: str
    length: int
    is_torn: bool
    knows_archive: bool


class Returning(NamedTuple):
    """A member by the record, whose marker is None where none was archived."""

    member: Member
    marker: Turned | None


class Counts(NamedTuple):
    """What is counted of a room, by seq: see counting.lua. Mentions and own messages are by person."""

    deleted: Sequence[int]
    mentions: Mapping[int, Sequence[int]]
    own: Mapping[UserId, Sequence[int]]


class Tail(NamedTuple):
    """What a live room has and the archive has not: messages, and how earlier ones stand by seq."""

    messages: Sequence[bytes]
    states: Mapping[int, bytes]


class Amendment(NamedTuple):
    """What was changed of a message: the internal state's JSON, and `emoji|user` -> when in ms."""

    seq: int
    rev: int
    state: str
    reactions: dict[str, int]


class RestoredLog(NamedTuple):
    """A room's messages as they should be: `messages` and `amendments` are added to what stays."""

    epoch: str
    seq: int
    rev: int
    revisions_from: int
    archived_rev: int
    archived_epoch: str
    drops_log: bool
    drops_amendments: bool
    ends: Mapping[str, tuple[int, int]]
    messages: Sequence[str]
    amendments: Sequence[Amendment]
    counts: Counts


class Sent(NamedTuple):
    """A client id that was stored, and how long ago."""

    user_id: UserId
    client_id: str
    seq: int
    age_ms: int


class _Numbered(msgspec.Struct):
    seq: int


class RecoveryStore:
    """What recovery reads and writes in Redis."""

    def __init__(self, client: redis.Redis, scripts: ScriptRunner) -> None:
        self._client = client
        self._scripts = scripts

    def look(self, room_ids: Sequence[RoomId], archived_epochs: Mapping[RoomId, str] | None = None) -> list[LiveRoom]:
        """Return what is there of each room, and whether it remembers the epoch that was archived last."""
        known = archived_epochs or {}
        with answering(), self._client.pipeline(transaction=False) as pipeline:
            for room_id in room_ids:
                ended = f"ended:{known.get(room_id, '')}"
                pipeline.hmget(keys.room(room_id), ["version", "epoch", "seq", "rev", "run_id", ended])
                pipeline.llen(keys.log(room_id))
                pipeline.lindex(keys.log(room_id), -1)
            answers = pipeline.execute()
        found = zip(room_ids, answers[::3], answers[1::3], answers[2::3], strict=True)
        return [_live_room(facts, length, newest, known.get(room_id, "")) for room_id, facts, length, newest in found]

    def begin_epochs(self, archived_epochs: Mapping[RoomId, str], run_id: str, epoch: str) -> list[bool]:
        """Let a new epoch begin in rooms that came through a restart whole; return where it did not begin before."""
        calls = [
            Call("begin_epoch", {"room": keys.room(room_id)}, {"run": run_id, "epoch": epoch, "archived_epoch": archived})
            for room_id, archived in archived_epochs.items()
        ]
        return [bool(answer) for answer in self._scripts.run_many(calls)]

    def rebuild(
        self,
        run_id: str,
        seen: LiveRoom,
        facts: RoomFacts,
        version: int,
        members: Sequence[Returning],
        log: RestoredLog | None,
        sanctions: Mapping[UserId, Sequence[LiveSanction]] = {},
        rules: bytes = b"",
        blockers: Mapping[UserId, Sequence[UserId]] = {},
    ) -> bool:
        """Make a live room what it should be; False if it is not as it was seen any more. Without a log its messages stay."""
        room = facts.id
        names = {
            "room": keys.room(room),
            "log": keys.log(room),
            "members": keys.members(room),
            "read": keys.read(room),
            "amended": keys.amended(room),
            "revisions": keys.revisions(room),
            "cold": keys.cold(room),
            "handles": keys.handles(room),
            "notifications": keys.notifications(room),
            "sanctions": keys.sanctions(room),
            "turns": keys.turns(room),
            "blocks": keys.blocks(room),
        }
        decided_on: dict[str, Argument] = {
            "run": run_id,
            "seen_version": seen.version or "",
            "seen_epoch": seen.epoch,
            "seen_run": seen.run_id,
        }
        content: list[Argument] = [version]
        fields = room_fields(facts) | list_fields(rules)
        content += [len(fields), *(part for pair in fields.items() for part in pair)]
        content.append(len(members))
        for member, marker in members:
            content += [member.id, member.role, member.handle, written(member.notifications), *(marker or ("", ""))]
        content.append(len(sanctions))
        for user_id, theirs in sanctions.items():
            content += [user_id, lines_of(theirs)]
        content.append(len(blockers))
        for user_id, blocking in blockers.items():
            content += [user_id, ids_of(blocking)]
        content += [""] if log is None else _log_arguments(room, log)
        return bool(self._scripts.run("recover", names, decided_on, content))

    def tail(self, room_id: RoomId, live: LiveRoom, archived: Position) -> Tail:
        """Return what a live room that waits for its recovery has beyond what is archived."""
        missing = min(live.length, max(0, live.seq - archived.seq))
        with answering(), self._client.pipeline(transaction=False) as pipeline:
            pipeline.zrangebyscore(keys.revisions(room_id), f"({archived.rev}", "+inf")
            if missing:
                pipeline.lrange(keys.log(room_id), -missing, -1)
            changed, *messages = pipeline.execute()
            for seq in changed:
                pipeline.hget(keys.amended(room_id), seq)
            states = pipeline.execute()
        return Tail(
            messages[0] if missing else [], {int(seq): state for seq, state in zip(changed, states, strict=True) if state}
        )

    def remember_sent(self, room_id: RoomId, sent: Sequence[Sent]) -> None:
        """Let resends of these be recognised for the rest of their time."""
        with answering(), self._client.pipeline(transaction=False) as pipeline:
            for one in sent:
                left = REMEMBER_CLIENT_ID_MS - one.age_ms
                if left > 0:
                    pipeline.set(keys.sent(room_id, one.user_id, one.client_id), one.seq, px=left, nx=True)
            pipeline.execute()


def _live_room(facts: Sequence[bytes | None], length: int, newest: bytes | None, archived_epoch: str) -> LiveRoom:
    version, epoch, given, rev, run_id = ((value or b"").decode() for value in facts[:5])
    seq = msgspec.json.decode(newest, type=_Numbered).seq if newest else int(given or 0)
    knows = archived_epoch in ("", epoch) or facts[5] is not None
    return LiveRoom(int(version or 0), epoch, seq, int(rev or 0), run_id, length, seq != int(given or 0), knows)


def _log_arguments(room_id: RoomId, log: RestoredLog) -> list[Argument]:
    arguments: list[Argument] = [log.epoch, log.seq, log.rev, log.revisions_from, log.archived_rev, log.archived_epoch]
    arguments += ["1" if drops else "0" for drops in (log.drops_log, log.drops_amendments)]
    arguments.append(len(log.ends))
    for epoch, (seq, rev) in log.ends.items():
        arguments += [epoch, f"{seq} {rev}"]
    arguments += [len(log.messages), *log.messages, len(log.amendments)]
    for amendment in log.amendments:
        reactions = [part for pair in amendment.reactions.items() for part in pair]
        arguments += [amendment.seq, amendment.rev, amendment.state, len(amendment.reactions), *reactions]
    return arguments + _count_arguments(room_id, log.counts)


def _count_arguments(room_id: RoomId, counts: Counts) -> list[Argument]:
    counted = [(keys.deleted(room_id), counts.deleted)]
    counted += [(keys.mentions(room_id, user), seqs) for user, seqs in counts.mentions.items()]
    counted += [(keys.own(room_id, user), seqs) for user, seqs in counts.own.items()]
    arguments: list[Argument] = [len(counted)]
    for key, seqs in counted:
        arguments += [key, len(seqs), *seqs]
    return arguments
