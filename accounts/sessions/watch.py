"""Watches the rows of people and sessions, so that no way of changing them can forget to tell who is connected.

Every way out of a session (log-out, flush, a new key, a cleared table) deletes its row; every new password and every
deactivation, by whatever page or command, saves its person.
"""

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import Signal

from accounts.models import User
from accounts.sessions.authentication import hash_of, session_ended

# Sent with user, once another name or handle is committed.
person_renamed = Signal()

# A change of the first two makes Django refuse every cookie of that person; of the others, shows them differently.
_WATCHED = ("password", "is_active", "name", "handle")


def watch() -> None:
    """Begin; called once, when the apps are ready."""
    post_delete.connect(_on_session_deleted, sender=Session, dispatch_uid="accounts.session_deleted")
    pre_save.connect(_before_user_is_saved, sender=User, dispatch_uid="accounts.before_user_is_saved")
    post_save.connect(_on_user_saved, sender=User, dispatch_uid="accounts.user_saved")
    post_delete.connect(_on_user_deleted, sender=User, dispatch_uid="accounts.user_deleted")


def _on_session_deleted(instance: Session, **kwargs: object) -> None:
    UserSession.objects.filter(session_key=instance.session_key).delete()
    user_id = instance.get_decoded().get(SESSION_KEY)
    if user_id is not None:
        _announce_end(int(user_id), hash_of(instance.session_key))


def _before_user_is_saved(instance: User, update_fields: frozenset[str] | None, **kwargs: object) -> None:
    asked = instance.pk is not None and (update_fields is None or not update_fields.isdisjoint(_WATCHED))
    instance.__dict__["_before"] = User.objects.filter(pk=instance.pk).values(*_WATCHED).first() if asked else None


def _on_user_saved(instance: User, **kwargs: object) -> None:
    before = instance.__dict__.pop("_before", None) or {}
    changed = {field for field, value in before.items() if getattr(instance, field) != value}
    if changed & {"password", "is_active"}:
        _announce_end(instance.pk, None)
    if changed & {"name", "handle"}:
        transaction.on_commit(lambda: person_renamed.send_robust(sender=User, user=instance))


def _on_user_deleted(instance: User, **kwargs: object) -> None:
    _announce_end(instance.pk, None)


def _announce_end(user_id: int, session_hash: str | None) -> None:
    """Robust: a receiver that cannot reach Redis must not keep anyone from logging out."""
    transaction.on_commit(lambda: session_ended.send_robust(sender=User, user_id=user_id, session_hash=session_hash))
