"""What chat does when accounts changes: accounts knows nothing of chat, so it is told by signals."""

import logging
from typing import Any

from allauth.account.signals import user_signed_up

from accounts.models import User
from accounts.server_settings import server_settings_changed
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
    server_settings_changed.connect(_on_settings_changed, dispatch_uid="chat.settings_changed")
    person_renamed.connect(_on_renamed, dispatch_uid="chat.renamed")


def _on_settings_changed(by: User, before: dict[str, Any], after: dict[str, Any], **kwargs: object) -> None:
    record_act(ModerationLog.Action.SETTINGS, by.pk, None, before=before, after=after)


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
