"""The live rooms and who is in them, as the record says."""

from collections import defaultdict
from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

import msgspec
import redis

from chat.domain.protocol import Control, ServerEvent
from chat.domain.room_rules import wire_facts
from chat.domain.types import LiveSanction, Member, Position, RoomFacts, RoomId, UserId
from chat.live.blocks import NO_BLOCKS, Blocks, ids_of
from chat.live.notifications import written
from chat.live.redis import keys
from chat.live.redis.calls import Argument
from chat.live.redis.client import answering
from chat.live.redis.scripts import ScriptRunner
from chat.live.sanctions import holding, lines_of
from chat.live.word_lists import list_fields

_FIELDS = tuple(field for field in RoomFacts.__struct_fields__ if field != "id")

_HEAD = ["epoch", "seq", "rev"]


class Place(NamedTuple):
    """A person's place in a room, and the room's head."""

    is_member: bool
    position: Position


class Applied(IntEnum):
    """What became of a projection."""

    NOT = 0
    YES = 1
    YES_AND_SANCTIONS_CHANGED = 2


class RoomStore:
    """Written by the projection alone; read by everything live."""

    def __init__(self, client: redis.Redis, scripts: ScriptRunner) -> None:
        self._client = client
        self._scripts = scripts

    def project_room(self, facts: RoomFacts, version: int, rules: bytes = b"") -> bool:
        """Make the live room's facts and word list (JSON) these, and tell its members of the facts.

        False when a later version is there, or no room.
        """
        fields = {**room_fields(facts), **list_fields(rules)}
        told = msgspec.json.encode(room_event(facts))
        pairs = [part for pair in fields.items() for part in pair]
        asked: dict[str, Argument] = {"version": version, "events_channel": keys.events(facts.id), "facts": told}
        return bool(self._scripts.run("project_room", {"room": keys.room(facts.id)}, asked, pairs))

    def project_member(
        self,
        room_id: RoomId,
        version: int,
        user_id: UserId,
        member: Member | None,
        reason: str = "",
        sanctions: Sequence[LiveSanction] = (),
        blocks: Blocks = NO_BLOCKS,
    ) -> Applied:
        """Make one person's place what it is now, and tell the room and the person; nothing happens as above, or when there is
        no live room.


        A reason makes it a removal, which the person is told; without one it is their own leaving.
        """
        removal = msgspec.json.encode(_removal(room_id, user_id, reason, sanctions)) if reason else b""
        applied = self._scripts.run(
            "project_member",
            {
                "room": keys.room(room_id),
                "members": keys.members(room_id),
                "read": keys.read(room_id),
                "handles": keys.handles(room_id),
                "notifications": keys.notifications(room_id),
                "sanctions": keys.sanctions(room_id),
                "turns": keys.turns(room_id),
            },
            {
                "version": version,
                "user": user_id,
                **_place(member),
                "events_channel": keys.events(room_id),
                "room_id": room_id,
                "removal": removal,
                "sanctions": lines_of(sanctions),
                "blockers": ids_of(blocks.blockers),
                "blocked": ids_of(blocks.blocked),
            },
        )
        if applied and member:
            self.tell_person(user_id, Control.JOINED, {"room": room_id})
        return Applied(applied)

    def tell_person(self, user_id: UserId, event: Control | ServerEvent, payload: object) -> None:
        """Publish to every process that has a connection of this person."""
        with answering():
            self._client.publish(keys.user_events(user_id), event.encode() + b" - 0 " + msgspec.json.encode(payload))

    def tell_room(self, room_id: RoomId, event: ServerEvent, payload: object) -> None:
        """Publish to the room what is worth nothing a second later, such as typing."""
        with answering():
            self._client.publish(keys.events(room_id), event.encode() + b" - 0 " + msgspec.json.encode(payload))

    def versions(self, room_ids: list[RoomId]) -> list[int]:
        """Return each live room's version, 0 where there is none."""
        with answering(), self._client.pipeline(transaction=False) as pipeline:
            for room_id in room_ids:
                pipeline.hget(keys.room(room_id), "version")
            return [int(answer or 0) for answer in pipeline.execute()]

    def members_among(self, room_id: RoomId, user_ids: list[UserId]) -> set[UserId]:
        """Return which of these people are members now."""
        with answering():
            roles = self._client.hmget(keys.members(room_id), [str(user_id) for user_id in user_ids])
        return {user_id for user_id, role in zip(user_ids, roles, strict=True) if role}

    def member_and_sanction(self, room_id: RoomId, user_id: UserId) -> tuple[bool, LiveSanction | None]:
        """Return whether somebody is a member now, and what holds for them there."""
        with answering(), self._client.pipeline(transaction=False) as pipeline:
            pipeline.hget(keys.members(room_id), str(user_id))
            pipeline.hget(keys.sanctions(room_id), str(user_id))
            pipeline.time()
            role, lines, (seconds, microseconds) = pipeline.execute()
        return bool(role), holding(lines or b"", 1000 * seconds + microseconds / 1000)

    def places(self, asked: Sequence[tuple[UserId, RoomId]]) -> list[Place]:
        """Return for each person and room whether they are a member there now, and where the room stands."""
        people: dict[RoomId, dict[UserId, None]] = defaultdict(dict)
        for user_id, room_id in asked:
            people[room_id][user_id] = None
        with answering(), self._client.pipeline(transaction=False) as pipeline:
            for room_id, user_ids in people.items():
                pipeline.hmget(keys.room(room_id), _HEAD)
                pipeline.hmget(keys.members(room_id), list(map(str, user_ids)))
            answers = iter(pipeline.execute())
        places: dict[tuple[UserId, RoomId], Place] = {}
        for room_id, user_ids in people.items():
            head, roles = _position(next(answers)), next(answers)
            places.update(((user, room_id), Place(role is not None, head)) for user, role in zip(user_ids, roles, strict=True))
        return [places[place] for place in asked]

    def heads(self, room_ids: Sequence[RoomId]) -> list[Position]:
        """Return where each room stands; an empty epoch where there is no such room."""
        with answering(), self._client.pipeline(transaction=False) as pipeline:
            for room_id in room_ids:
                pipeline.hmget(keys.room(room_id), _HEAD)
            return [_position(head) for head in pipeline.execute()]

    def facts(self, room_id: RoomId) -> RoomFacts | None:
        """Return the live room's facts, None where there is no such room."""
        with answering():
            values = self._client.hmget(keys.room(room_id), list(_FIELDS))
        if values[0] is None:
            return None
        # Not strict: Redis holds every number as text.
        return msgspec.convert({"id": room_id, **dict(zip(_FIELDS, map(_text, values), strict=True))}, RoomFacts, strict=False)

    def member_ids(self, room_id: RoomId) -> set[UserId]:
        """Return every member of the live room."""
        with answering():
            return {int(user_id) for user_id in self._client.hkeys(keys.members(room_id))}


def _place(member: Member | None) -> dict[str, str]:
    if member is None:
        return dict.fromkeys(("role", "handle", "notifications"), "")
    return {"role": member.role, "handle": member.handle, "notifications": written(member.notifications)}


def _position(head: Sequence[bytes | None]) -> Position:
    epoch, seq, rev = head
    return Position((epoch or b"").decode(), int(seq or 0), int(rev or 0))


def _text(value: bytes | str | None) -> str:
    assert isinstance(value, bytes)
    return value.decode()


def room_event(facts: RoomFacts) -> dict[str, str | int]:
    """Return the payload of the wire's `room`."""
    return {"room": facts.id, **wire_facts(facts)}


def _removal(room_id: RoomId, user_id: UserId, reason: str, sanctions: Sequence[LiveSanction]) -> dict[str, object]:
    removal: dict[str, object] = {"room": room_id, "user": user_id, "reason": reason}
    for ban in (sanction for sanction in sanctions if sanction.kind == "ban"):
        removal |= {"banned": True} if ban.until is None else {"banned": True, "until": ban.until}
    return removal


def room_fields(facts: RoomFacts) -> dict[str, str | int]:
    """Return a live room's fields: its facts, and what follows from them."""
    fields = wire_facts(facts)
    del fields["id"]
    return fields
