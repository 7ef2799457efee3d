"""Changing a room from the chat: its name and topic, slow mode, and who may write."""

from typing import Unpack

from django.db import transaction

from chat.actions.actor import Person
from chat.actions.authorization import authorise
from chat.actions.moderation.moderation_log import record_act
from chat.actions.rooms.creating import RoomChanges, change_room
from chat.domain.policy import Act
from chat.domain.types import RoomId
from chat.models import ModerationLog, Room


def update_room(actor: Person, room_id: RoomId, **changes: Unpack[RoomChanges]) -> None:
    """Change what is given; raises not_found, not_member, forbidden, and as `change_room`."""
    room = authorise(actor, Act.CHANGE_ROOM, room_id)
    closes_or_opens = {room.state, changes.get("state", room.state)}
    if Room.State.ARCHIVED in closes_or_opens and len(closes_or_opens) > 1:
        authorise(actor, Act.ARCHIVE_ROOM, room_id)
    before = {field: getattr(room, field) for field in changes}
    with transaction.atomic():
        changed = change_room(room_id, **changes)
        after = {field: getattr(changed, field) for field in changes}
        if after != before:
            record_act(ModerationLog.Action.UPDATE, actor.id, room_id, before=before, after=after)
