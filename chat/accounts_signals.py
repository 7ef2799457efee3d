"""What chat does when accounts changes: accounts knows nothing of chat, so it is told by signals."""

import logging

from allauth.account.signals import user_signed_up

from accounts.invitations import invitation_made, invitation_revoked
from accounts.models import Invitation, User
from accounts.sessions.authentication import session_ended
from accounts.sessions.watch import person_renamed
from chat.actions import sessions
from chat.actions.moderation.moderation_log import record_act
from chat.actions.rooms import membership
from chat.actions.rooms.link_revocation import revoke_links_of
from chat.domain.errors import ChatError
from chat.domain.types import Author
from chat.models import ModerationLog

log = logging.getLogger(__name__)


def connect_signals() -> None:
    """Begin; called once, when the apps are ready."""
    user_signed_up.connect(_on_signed_up, dispatch_uid="chat.signed_up")
    session_ended.connect(_on_session_ended, dispatch_uid="chat.session_ended")
    person_renamed.connect(_on_renamed, dispatch_uid="chat.renamed")
    invitation_made.connect(_on_invitation_made, dispatch_uid="chat.invitation_made")
    invitation_revoked.connect(_on_invitation_revoked, dispatch_uid="chat.invitation_revoked")


def _on_invitation_made(user: User, invitation: Invitation, **kwargs: object) -> None:
    until = invitation.ends_at and invitation.ends_at.isoformat()
    action = ModerationLog.Action.INVITATION
    record_act(action, user.pk, None, invitation=invitation.pk, most_uses=invitation.most_uses, until=until)


def _on_invitation_revoked(user: User, invitation: Invitation, **kwargs: object) -> None:
    record_act(ModerationLog.Action.REVOKE, user.pk, None, invitation=invitation.pk)


def _on_signed_up(user: User, **kwargs: object) -> None:
    membership.join_newcomer_rooms(user)


def _on_session_ended(user_id: int, session_hash: str | None, **kwargs: object) -> None:
    if session_hash is None and not User.objects.filter(pk=user_id, is_active=True).exists():
        revoke_links_of(user_id)
    try:
        sessions.end_session(user_id, session_hash)
    except ChatError:
        # Nothing is left open by that: a server that runs asks for every session again once Redis answers.
        log.warning("Redis does not answer: connections of person %s close when it does, if a server runs", user_id)


def _on_renamed(user: User, **kwargs: object) -> None:
    try:
        sessions.rename_person(Author(user.pk, user.handle, user.name))
    except ChatError:
        log.warning("Redis does not answer: the new name of person %s is shown once it does", user.pk)
