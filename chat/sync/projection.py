"""Record -> live state, in this one direction: on commit, and again after a crash. The recovery checks all at the start."""

import logging
from collections.abc import Sequence
from functools import partial

import msgspec
from django.db import transaction
from django.db.models import F

from chat.domain.policy import Act
from chat.domain.protocol import ServerEvent
from chat.domain.types import LiveSanction, RoomId, UserId
from chat.live.blocks import NO_BLOCKS, Blocks
from chat.live.live_state import live_state
from chat.live.rooms import Applied
from chat.models import Block, Membership, PendingProjection, Room, Sanction, WordRule
from chat.sync.recovery import recover

log = logging.getLogger(__name__)

# Two processes may change one room at the same moment; each loses this race at most once a change.
ATTEMPTS = 20


def record_change(room_id: RoomId, user_id: UserId | None = None, reason: str = "") -> None:
    """Note, inside the transaction that changes a room or one of its members, that Redis must learn of it on commit.

    Raises ChatError unavailable from that commit when Redis does not answer: the change stands and is repeated later.
    """
    Room.objects.filter(pk=room_id).update(version=F("version") + 1)
    PendingProjection.objects.create(room_id=room_id, user_id=user_id, reason=reason)
    transaction.on_commit(partial(project_pending, room_id))


def project_pending(room_id: RoomId) -> None:
    """Bring to Redis what is pending for a room; what another process brings meanwhile is brought twice, which is harmless."""
    for _ in range(ATTEMPTS):
        pending = list(PendingProjection.objects.filter(room_id=room_id).order_by("pk"))
        # What concerns one person is brought once, as it is after the last of their changes.
        latest = {change.user_id: change for change in pending}
        done = {user_id for user_id, change in latest.items() if _project(change)}
        PendingProjection.objects.filter(pk__in=[change.pk for change in pending if change.user_id in done]).delete()
        if len(done) == len(latest):
            return
    log.warning("Room %s changes faster than it can be projected; the rest follows shortly", room_id)


def record_change_everywhere() -> None:
    """The same for the facts of every room at once."""
    Room.objects.update(version=F("version") + 1)
    rooms = Room.objects.values_list("pk", flat=True)
    PendingProjection.objects.bulk_create((PendingProjection(room_id=room_id) for room_id in rooms), batch_size=500)
    transaction.on_commit(repair)


def repair() -> None:
    """Bring to Redis what a crash or a silent Redis left pending in any room."""
    for room_id in PendingProjection.objects.room_ids():
        project_pending(room_id)


def _project(change: PendingProjection) -> bool:
    # The version is read before what it stands for: a change in between makes the projection late, never wrong.
    room = Room.objects.get(pk=change.room_id)
    rooms = live_state().rooms
    if change.user_id is None:
        return rooms.project_room(room.facts(), room.version, WordRule.objects.of_room(room.pk)) or _bring_in(room)
    membership = Membership.objects.filter(room=room, user=change.user_id).select_related("user").first()
    member = membership.member() if membership else None
    sanctions = Sanction.objects.in_force().here(room.pk).filter(user=change.user_id).by_person().get(change.user_id, [])
    blocks = _blocks(room.pk, change.user_id) if membership else NO_BLOCKS
    applied = rooms.project_member(room.pk, room.version, change.user_id, member, change.reason, sanctions, blocks)
    if applied is Applied.YES_AND_SANCTIONS_CHANGED:
        _tell_sanction(room, change.user_id, sanctions)
    return bool(applied) or _bring_in(room)


def _blocks(room_id: RoomId, user_id: UserId) -> Blocks:
    return Blocks(Block.objects.blockers_in_room(user_id, room_id), Block.objects.blocked_in_room(user_id, room_id))


def _tell_sanction(room: Room, user_id: UserId, sanctions: Sequence[LiveSanction]) -> None:
    """Whom it concerns, and who moderates: nobody else."""
    payload: dict[str, object] = {"room": room.pk, "user": user_id, "kind": None}
    if sanctions:
        payload |= msgspec.structs.asdict(sanctions[0])
    for person in {user_id, *Membership.objects.moderators(room, Act.MUTE)}:
        live_state().rooms.tell_person(person, ServerEvent.SANCTION, payload)


def _bring_in(room: Room) -> bool:
    """The whole room, where none is live; False when a later version is, so that the caller reads again."""
    if live_state().rooms.versions([room.pk]) != [0]:
        return False
    recover([room.pk])
    return True
