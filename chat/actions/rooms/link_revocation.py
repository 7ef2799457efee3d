"""Links into rooms end with their maker's right to make them."""

from django.db import transaction
from django.utils import timezone

from chat.actions.moderation.moderation_log import record_act
from chat.actions.rooms.departures import withdraw_questions_by
from chat.domain.types import RoomId, UserId
from chat.models import Invitation, ModerationLog


def revoke_links_of(maker: UserId, room_id: RoomId | None = None, by: UserId | None = None) -> int:
    """Revoke the good links that somebody made into a room (None: any); return how many. Each is logged, as by `by`.

    What they asked people who had left the room is withdrawn as well.
    """
    links = Invitation.objects.good().filter(by=maker)
    if room_id is not None:
        links = links.filter(room=room_id)
    with transaction.atomic():
        withdraw_questions_by(maker, room_id)
        revoked = [
            link for link in links if Invitation.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())
        ]
        for link in revoked:
            record_act(ModerationLog.Action.REVOKE, by, link.room_id, maker, invitation=link.pk)
    return len(revoked)
