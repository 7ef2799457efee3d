"""Sessions as live connections see them: who is behind a cookie, and the word that a session is over."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, load_backend
from django.contrib.sessions.models import Session
from django.dispatch import Signal
from django.http import parse_cookie
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.models import User

# Sent with user_id and session_hash (None: every session of that person) once the end is committed.
session_ended = Signal()

_KEY_CHARS = 32


class Authenticated(NamedTuple):
    """Who a cookie speaks for, in which session, and until when."""

    user: User
    session_hash: str
    expires_at: datetime


def authenticate(cookie_header: str) -> Authenticated | None:
    """Answer as django.contrib.auth.get_user does for a page, but without writing; the caller closes the connection."""
    key = parse_cookie(cookie_header).get(settings.SESSION_COOKIE_NAME, "")
    if len(key) != _KEY_CHARS or not (key.isascii() and key.isalnum()):
        return None
    session = Session.objects.filter(session_key=key, expire_date__gt=timezone.now()).first()
    user = _user_of(session.get_decoded()) if session else None
    return Authenticated(user, hash_of(key), session.expire_date) if session and user else None


def hash_of(session_key: str) -> str:
    """Return the name of a session that may travel: the key itself would let its reader in."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:32]


def _user_of(data: Mapping[str, Any]) -> User | None:
    if data.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS or not data.get(HASH_SESSION_KEY):
        return None
    user = load_backend(data[BACKEND_SESSION_KEY]).get_user(data.get(SESSION_KEY))
    if not isinstance(user, User) or not user.is_active or not _is_signed_for(user, data[HASH_SESSION_KEY]):
        return None
    return user


def _is_signed_for(user: User, signature: str) -> bool:
    """A password change makes the signatures of older sessions wrong; a rotated SECRET_KEY leaves them right for a while."""
    hashes: Iterable[str] = (user.get_session_auth_hash(), *user.get_session_auth_fallback_hash())
    return any(constant_time_compare(signature, valid) for valid in hashes)
