"""What chat does when accounts changes: accounts knows nothing of chat, so it is told by signals."""

from allauth.account.signals import user_signed_up

from accounts.models import User
from accounts.sessions import session_ended
from accounts.watch import person_renamed
from chat.actions import membership, sessions
from chat.entities import Author


def connect_signals() -> None:
    """Begin; called once, when the apps are ready."""
    user_signed_up.connect(_on_signed_up, dispatch_uid="chat.signed_up")
    session_ended.connect(_on_session_ended, dispatch_uid="chat.session_ended")
    person_renamed.connect(_on_renamed, dispatch_uid="chat.renamed")


def _on_signed_up(user: User, **kwargs: object) -> None:
    membership.join_newcomer_rooms(user)


def _on_session_ended(user_id: int, session_hash: str | None, **kwargs: object) -> None:
    sessions.end_session(user_id, session_hash)


def _on_renamed(user: User, **kwargs: object) -> None:
    sessions.rename_person(Author(user.pk, user.handle, user.name))
