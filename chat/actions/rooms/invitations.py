"""Invitations: links into a room, or to the server, for people with an account and for those without one."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.server_settings import current
from chat.actions.actor import Person
from chat.actions.authorization import authorise, authorise_on_site, may_on_site, standing
from chat.actions.moderation.moderation_filter import newcomer_until
from chat.actions.moderation.moderation_log import record_act
from chat.actions.moderation.sanctions import is_banned, refuse_the_banned, site_bans
from chat.actions.rooms.membership import let_in
from chat.domain.errors import ChatError, not_found
from chat.domain.policy import Act, may
from chat.domain.types import RoomId
from chat.models import Invitation, Membership, ModerationLog

SHARED_FOR = timedelta(days=7)
# A shared link is shown again as long as it is good for a while yet.
SHARED_AGAIN = timedelta(days=1)


def authorise_invitation(actor: Person, room_id: RoomId | None) -> None:
    """Raise what make_invitation raises where somebody cannot create a link into a room or (None) to the server."""
    if room_id is None:
        authorise_on_site(actor, Act.INVITE_TO_SITE)
    else:
        authorise(actor, Act.MAKE_INVITATION, room_id)


def make_invitation(
    actor: Person, room_id: RoomId | None, most_uses: int | None = None, seconds: int | None = None
) -> Invitation:
    """Return a new invitation into a room or (None) to the server; raises not_found, not_member, forbidden or muted."""
    authorise_invitation(actor, room_id)
    ends_at = None if seconds is None else timezone.now() + timedelta(seconds=seconds)
    return _save(Invitation(room_id=room_id, by_id=actor.id, most_uses=most_uses, ends_at=ends_at))


def shared_invitation(actor: Person, room_id: RoomId | None) -> Invitation:
    """Return the actor's own link for everybody, the same each time while it is good; raises as make_invitation does."""
    authorise_invitation(actor, room_id)
    lasts = Invitation.objects.good().filter(ends_at__gt=timezone.now() + SHARED_AGAIN)
    for invitation in lasts.filter(by=actor.id, room=room_id, most_uses=None):
        if invitation.link():
            return invitation
    return _save(Invitation(room_id=room_id, by_id=actor.id, ends_at=timezone.now() + SHARED_FOR))


def own_invitation(actor: Person, invitation_id: int) -> Invitation:
    """Return a good invitation that the actor made and can be shown again; raises not_found."""
    invitation = Invitation.objects.good().filter(pk=invitation_id, by=actor.id).first()
    if invitation is None or invitation.link() is None:
        raise not_found()
    return invitation


def revoke_invitation(actor: Person, invitation_id: int) -> None:
    """End a link: one's own, or as a moderator any of the room; raises not_found to everyone else."""
    invitation = Invitation.objects.filter(pk=invitation_id).first()
    if invitation is None:
        raise not_found()
    if invitation.by_id != actor.id:
        _require_moderator(actor, invitation.room_id)
    with transaction.atomic():
        if Invitation.objects.filter(pk=invitation_id, revoked_at=None).update(revoked_at=timezone.now()):
            record_act(ModerationLog.Action.REVOKE, actor.id, invitation.room_id, invitation=invitation_id)


def invitations_for(actor: Person, room_id: RoomId) -> QuerySet[Invitation]:
    """Return a room's good links, the newest first; raises not_found, not_member or forbidden."""
    authorise(actor, Act.SEE_INVITATIONS, room_id, only_reads=True)
    return Invitation.objects.good().filter(room=room_id)


def invitation_by_token(token: str) -> Invitation:
    """Return a good invitation whose maker could still make it, with `room` and `by`; raises not_found."""
    invitation = Invitation.objects.good().by_token(token).select_related("room", "by").first()
    if invitation is None or not _is_backed(invitation):
        raise not_found()
    return invitation


def creates_accounts(invitation: Invitation) -> bool:
    """Whether it creates an account, too: with SIGNUP=closed only if those who run the server made it."""
    return current().signup != "closed" or may_on_site(invitation.by_id, Act.INVITE_TO_SITE)


def inherited_newness(invitation: Invitation) -> datetime | None:
    """Return since when an account by this invitation is new: never, unless the inviter is new.

    Otherwise somebody would invite their own next account, and no limit for new accounts would hold them.
    """
    maker = invitation.by
    return maker.new_since if maker and newcomer_until(maker) else None


def accept_invitation(user: Person, token: str) -> Invitation:
    """Put the holder of a link into its room; a member uses none up. Raises not_found or banned."""
    invitation = invitation_by_token(token)
    if is_in(user, invitation):
        return invitation
    if invitation.room_id:
        refuse_the_banned(invitation.room_id, user.id)
    with transaction.atomic():
        if not Invitation.objects.claim(token):
            raise not_found()
        enter(user, invitation)
    return invitation


def enter(user: Person, invitation: Invitation) -> None:
    """Put somebody into the invitation's room, whose use is counted already; raises not_found, forbidden or conflict."""
    if invitation.room_id:
        let_in(invitation.room_id, user.id)


def is_in(user: Person, invitation: Invitation) -> bool:
    """Whether the invitation gives them nothing new."""
    return not invitation.room_id or Membership.objects.filter(room=invitation.room_id, user=user.id).exists()


def _require_moderator(actor: Person, room_id: RoomId | None) -> None:
    """Muted moderators can still close what lets others in."""
    try:
        if room_id is not None:
            authorise(actor, Act.SEE_INVITATIONS, room_id, only_reads=True)
        elif not may_on_site(actor.id, Act.INVITE_TO_SITE):
            raise not_found()
    except ChatError:
        raise not_found() from None


def _save(invitation: Invitation) -> Invitation:
    invitation.give_token()
    with transaction.atomic():
        invitation.save()
        until = invitation.ends_at and invitation.ends_at.isoformat()
        action, by, room = ModerationLog.Action.INVITATION, invitation.by_id, invitation.room_id
        record_act(action, by, room, invitation=invitation.pk, most_uses=invitation.most_uses, until=until)
    return invitation


def _is_backed(invitation: Invitation) -> bool:
    """Whether its maker could make it now: what has no event, such as a permission of staff that was taken away, counts too."""
    maker, room = invitation.by, invitation.room
    if maker is None or not maker.is_active:
        return False
    if room is None:
        return not site_bans([maker.pk]) and may_on_site(maker.pk, Act.INVITE_TO_SITE)
    if is_banned(room.pk, maker.pk):
        return False
    return may(standing(maker.pk, room.pk, Act.MAKE_INVITATION).rank, Act.MAKE_INVITATION, room.facts().kind)
