"""Links into rooms: whoever opens one may come in, so many times and until then."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from chat.actions.actor import Person
from chat.actions.authorization import authorise, standing
from chat.actions.moderation.moderation_log import record_act
from chat.actions.moderation.sanctions import is_banned, refuse_the_banned
from chat.actions.rooms.membership import let_in
from chat.domain.errors import ChatError, not_found
from chat.domain.policy import Act, may
from chat.domain.types import RoomId
from chat.models import Invitation, Membership, ModerationLog, Room


def make_invitation(actor: Person, room_id: RoomId, most_uses: int | None, seconds: int | None) -> tuple[Invitation, str]:
    """Return a new invitation and its link, which nobody can be told again; raises not_found, not_member or forbidden."""
    authorise(actor, Act.MAKE_INVITATION, room_id)
    ends_at = None if seconds is None else timezone.now() + timedelta(seconds=seconds)
    invitation = Invitation(room_id=room_id, by_id=actor.id, most_uses=most_uses, ends_at=ends_at)
    token = invitation.give_token()
    with transaction.atomic():
        invitation.save()
        until = ends_at and ends_at.isoformat()
        action = ModerationLog.Action.INVITATION
        record_act(action, actor.id, room_id, invitation=invitation.pk, most_uses=most_uses, until=until)
    return invitation, f"{settings.PUBLIC_URL}/invited/{token}/"


def revoke_invitation(actor: Person, invitation_id: int) -> None:
    """Take a link back; raises not_found to who may not."""
    invitation = Invitation.objects.filter(pk=invitation_id).first()
    if invitation is None:
        raise not_found()
    try:
        authorise(actor, Act.MAKE_INVITATION, invitation.room_id, only_reads=True)  # a muted moderator may still close it
    except ChatError:
        raise not_found() from None
    with transaction.atomic():
        if Invitation.objects.filter(pk=invitation_id, revoked_at=None).update(revoked_at=timezone.now()):
            record_act(ModerationLog.Action.REVOKE, actor.id, invitation.room_id, invitation=invitation_id)


def invitations_for(actor: Person, room_id: RoomId) -> QuerySet[Invitation]:
    """Return a room's good links, the newest first; raises not_found, not_member or forbidden."""
    authorise(actor, Act.MAKE_INVITATION, room_id, only_reads=True)
    return Invitation.objects.good().filter(room=room_id)


def room_invited_to(token: str) -> Room:
    """Return the room that a good link leads to, whose maker could still make it; raises not_found."""
    invitation = Invitation.objects.good().by_token(token).select_related("room", "by").first()
    if invitation is None or not _is_backed(invitation):
        raise not_found()
    return invitation.room


def _is_backed(invitation: Invitation) -> bool:
    """Whether its maker could make it now: what has no event, such as a permission of staff that was taken away, counts too."""
    maker, room = invitation.by, invitation.room
    if maker is None or not maker.is_active or is_banned(room.pk, maker.pk):
        return False
    return may(standing(maker.pk, room.pk, Act.MAKE_INVITATION).rank, Act.MAKE_INVITATION, room.facts().kind)


def accept_invitation(user: Person, token: str) -> Room:
    """Put the holder of a link into its room; a member uses none up. Raises not_found or banned."""
    room = room_invited_to(token)
    if Membership.objects.filter(room=room, user=user.id).exists():
        return room
    refuse_the_banned(room.pk, user.id)
    with transaction.atomic():
        if not Invitation.objects.claim(token):
            raise not_found()
        let_in(room.pk, user.id)
    return room
