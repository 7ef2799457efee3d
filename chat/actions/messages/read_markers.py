"""Catching up, and how far people have read."""

from collections.abc import Mapping

from msgspec import Raw
from msgspec.structs import asdict

from chat.archive.history import own_archived
from chat.domain.errors import unavailable
from chat.domain.protocol import RoomState
from chat.domain.room_rules import wire_facts
from chat.domain.types import CatchUp, PersonHere, Position, RoomId, UserId
from chat.domain.unread import UNREAD_MOST
from chat.live.live_state import live_state
from chat.live.messages.catching_up import WHOLE, Extent
from chat.live.read_markers import Reading
from chat.sync.retry import retry_after_recovery

# Another device of the same person may move the marker at the same moment.
ATTEMPTS = 5


def catch_up(user_id: UserId, positions: Mapping[RoomId, Position], extent: Extent = WHOLE) -> list[RoomState]:
    """Return each room as the member finds it now, with so much of its messages; rooms they are not in are left out."""
    found = retry_after_recovery(lambda: live_state().catching_up.catch_up(user_id, positions, extent))
    here = live_state().presence.who([room.facts.id for room in found])
    return [_room_state(room, online) for room, online in zip(found, here, strict=True)]


def move_read_marker(user_id: UserId, room_id: RoomId, seq: int, turn: int | None = None) -> Reading:
    """Move a member's marker forward, unless it was moved back after the turn in which they read, and tell their devices.

    Return the new state. Raises ChatError if the user is not a member.
    """
    return retry_after_recovery(lambda: live_state().reading.move(room_id, user_id, seq, turn))


def mark_unread(user_id: UserId, room_id: RoomId, seq: int) -> Reading:
    """Move a member's marker to `seq`, also where that is further back; otherwise as above."""
    return retry_after_recovery(lambda: _move_back(user_id, room_id, seq))


def _move_back(user_id: UserId, room_id: RoomId, seq: int) -> Reading:
    reading, log = live_state().reading, live_state().log
    for _ in range(ATTEMPTS):
        now = reading.move(room_id, user_id, seq)
        if now.marker.read <= seq:
            return now
        # Messages beyond the counting window do not affect the result.
        above = max(seq, now.position.seq - UNREAD_MOST)
        own, floor = log.own_messages(room_id, user_id, above, now.marker.read)
        if above < floor - 1:
            own = own_archived(room_id, user_id, above, floor) + own
        moved = reading.move_back(room_id, user_id, seq, now.marker.read, own)
        if moved:
            return moved
    raise unavailable()


def _room_state(room: CatchUp, online: list[PersonHere]) -> RoomState:
    return RoomState(
        **wire_facts(room.facts),
        role=room.role,
        **asdict(room.notifications),
        **asdict(room.position),
        **asdict(room.marker),
        catch_up="complete" if room.complete else "window",
        messages=[Raw(message) for message in room.messages],
        amendments=[Raw(amendment) for amendment in room.amendments],
        online=online,
        sanction=room.sanction,
    )
