"""Catching up, and how far people have read."""

from collections.abc import Mapping

from msgspec import Raw

from chat.actions.recovering import recovering
from chat.entities import CatchUp, PersonHere, Position, RoomId, UserId
from chat.events import RoomState, ServerEvent
from chat.stores.live import live_state


def catch_up(user_id: UserId, positions: Mapping[RoomId, Position]) -> list[RoomState]:
    """Return each room as the member finds it now; rooms they are not in are left out."""
    found = recovering(lambda: live_state().catching_up.catch_up(user_id, positions))
    here = live_state().presence.who([room.facts.id for room in found])
    return [_room_state(room, online) for room, online in zip(found, here, strict=True)]


def move_read_marker(user_id: UserId, room_id: RoomId, seq: int) -> None:
    """Move a member's marker forward and tell their other devices; raises ChatError to who is not a member."""
    stands_at, moved = recovering(lambda: live_state().reading.move(room_id, user_id, seq))
    if moved:
        live_state().rooms.tell_person(user_id, ServerEvent.READ, {"room": room_id, "seq": stands_at})


def _room_state(room: CatchUp, online: list[PersonHere]) -> RoomState:
    facts, position = room.facts, room.position
    return RoomState(
        id=facts.id,
        slug=facts.slug,
        name=facts.name,
        kind=facts.kind,
        topic=facts.topic,
        state=facts.state,
        slow_mode=facts.slow_mode,
        role=room.role,
        level=room.notifications.level,
        muted=room.notifications.muted,
        epoch=position.epoch,
        seq=position.seq,
        rev=position.rev,
        read=room.read,
        unread=max(0, position.seq - room.read),
        mentions=0,
        catch_up="complete" if room.complete else "window",
        messages=[Raw(message) for message in room.messages],
        amendments=[Raw(amendment) for amendment in room.amendments],
        online=online,
        sanction=room.sanction,
    )
