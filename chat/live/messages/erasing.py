"""What the live state knows of a person beyond their place in rooms: their messages, counts and limits."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

import msgspec
import redis

from chat.domain.types import Author, RoomId, UserId
from chat.domain.unread import UNREAD_MOST
from chat.live.redis import keys
from chat.live.redis.calls import Argument
from chat.live.redis.client import answering
from chat.live.redis.scripts import Command, ScriptRunner

# Read and replaced in one step: some 2 ms of Redis's time.
MESSAGES = 100
# Somebody may react to one of them between our look and our change, again and again.
ATTEMPTS = 20


class Stored(NamedTuple):
    """A message's JSON (b"" where it is in the archive alone) and its amendment state's (b"": not amended)."""

    seq: int
    message: bytes
    state: bytes


Change = Callable[[Stored], Stored]


class _Written(msgspec.Struct):
    seq: int
    author: Author | None = None


_decode = msgspec.json.Decoder(_Written).decode


class ErasingStore:
    """Changes stored messages in place, which nothing else does."""

    def __init__(self, client: redis.Redis, scripts: ScriptRunner) -> None:
        self._client = client
        self._scripts = scripts

    def written_by(self, room_id: RoomId, user_id: UserId) -> Iterator[list[int]]:
        """Give the seqs of what somebody wrote and is in the live log, in order, some at a time."""
        [head, length] = self._scripts.ask([("HGET", keys.room(room_id), "seq"), ("LLEN", keys.log(room_id))])
        first = int(head or 0) - length + 1
        while True:
            [now] = self._scripts.ask([("HGET", keys.room(room_id), "seq")])
            start = first - int(now or 0) - 1
            if start >= 0:
                return
            [found] = self._scripts.ask([("LRANGE", keys.log(room_id), start, min(-1, start + MESSAGES - 1))])
            first += MESSAGES
            written = map(_decode, found)
            if seqs := [each.seq for each in written if each.author and each.author.id == user_id]:
                yield seqs

    def change(self, room_id: RoomId, seqs: Sequence[int], change: Change) -> int:
        """Change what is live of these messages of one room; return how many were different before."""
        changed = 0
        for start in range(0, len(seqs), MESSAGES):
            changed += self._change_some(room_id, seqs[start : start + MESSAGES], change)
        return changed

    def leave_out(self, room_id: RoomId, deleted: Sequence[int], mentions: Mapping[UserId, Sequence[int]]) -> None:
        """Let deleted messages be unread to nobody; `mentions` are those of them that name a person, or everyone (0)."""
        [head] = self._scripts.ask([("HGET", keys.room(room_id), "seq")])
        counted = [seq for seq in deleted if seq > int(head or 0) - UNREAD_MOST]
        pairs = [number for seq in counted for number in (seq, seq)]
        commands: list[Command] = [("ZADD", keys.deleted(room_id), *pairs)] if pairs else []
        commands += [("ZREM", keys.mentions(room_id, user_id), *seqs) for user_id, seqs in mentions.items()]
        self._scripts.ask(commands)

    def reload(self, room_id: RoomId) -> None:
        """Let everybody who is in a room, or comes back to it, load its messages again."""
        self._scripts.run("reload", {"room": keys.room(room_id)}, {"events_channel": keys.events(room_id), "room_id": room_id})

    def forget_person(self, room_id: RoomId, user_id: UserId) -> None:
        """Drop what is counted for a person in a room that they have left."""
        names = (keys.own(room_id, user_id), keys.mentions(room_id, user_id), keys.mentions(room_id, -user_id))
        paces = (keys.pace(room_id, user_id), keys.pace_of_changes(room_id, user_id), keys.slow(room_id, user_id))
        blocks = ("HDEL", keys.blocks(room_id), user_id, f"ever/{user_id}")
        self._scripts.ask([("DEL", *names, *paces), blocks])

    def forget_limits(self, user_id: UserId, limits: Iterable[str]) -> None:
        """Drop the limits of a person."""
        self._scripts.ask([("DEL", *(keys.user_limit(user_id, name) for name in limits))])

    def rewrite_log(self) -> None:
        """Ask Redis to rewrite its log: what was changed is in it until then."""
        # One may be under way, or a Redis that is not ours may refuse: it will be rewritten when it has grown.
        with answering(), suppress(redis.ResponseError):
            self._client.bgrewriteaof()

    def is_rewriting(self) -> bool:
        """Whether Redis is still rewriting its log, or about to."""
        with answering():
            facts = self._client.info("persistence")
        return bool(facts["aof_rewrite_in_progress"] or facts["aof_rewrite_scheduled"])

    def _change_some(self, room_id: RoomId, seqs: Sequence[int], change: Change) -> int:
        first = None
        for _ in range(ATTEMPTS):
            wanted = [(one, change(one)) for one in self._read(room_id, seqs)]
            different = [(before, now) for before, now in wanted if before != now]
            first = len(different) if first is None else first
            if self._replace(room_id, different) == len(different):
                break
        return first or 0

    def _read(self, room_id: RoomId, seqs: Sequence[int]) -> list[Stored]:
        [head] = self._scripts.ask([("HGET", keys.room(room_id), "seq")])
        log, amended, cold = keys.log(room_id), keys.amended(room_id), keys.cold(room_id)
        places = [("LINDEX", log, seq - int(head or 0) - 1) for seq in seqs]
        *hot, states, cooled = self._scripts.ask([*places, ("HMGET", amended, *seqs), ("HMGET", cold, *seqs)])
        found = zip(seqs, hot, cooled, states, strict=True)
        return [Stored(seq, _its(seq, one) or _its(seq, other), state or b"") for seq, one, other, state in found]

    def _replace(self, room_id: RoomId, changes: Sequence[tuple[Stored, Stored]]) -> int:
        if not changes:
            return 0
        replaced: list[Argument] = []
        for before, now in changes:
            replaced += [before.seq, before.message, now.message, before.state, now.state]
        names = {
            "room": keys.room(room_id),
            "log": keys.log(room_id),
            "amended": keys.amended(room_id),
            "cold": keys.cold(room_id),
        }
        return int(self._scripts.run("replace", names, more=replaced))


def _its(seq: int, message: bytes | None) -> bytes:
    """b"" where another message came into this place between our question and the answer."""
    return message if message and _decode(message).seq == seq else b""
