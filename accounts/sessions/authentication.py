"""Sessions as live connections see them: who is behind a cookie, and the word that a session is over."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence, Sized
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.dispatch import Signal
from django.http import parse_cookie
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.models import User
from accounts.second_factor.requirement import only_with_required

# Sent with user_id and session_hash (None: every session of that person) once the end is committed.
session_ended = Signal()

_KEY_CHARS = 32

# By hand: everybody who connects waits for these two, and building them with the ORM took longer than the database does.
_SESSIONS = "SELECT session_key, session_data, expire_date FROM django_session WHERE session_key IN ({}) AND expire_date > %s"
_USERS = "SELECT * FROM accounts_user WHERE id IN ({}) AND is_active"


class Authenticated(NamedTuple):
    """Who a cookie speaks for, in which session, and until when."""

    user: User
    session_hash: str
    expires_at: datetime


class _Found(NamedTuple):
    """A session that the database has: whoever it says it is of may be gone."""

    hash: str
    facts: Mapping[str, Any]
    expires_at: datetime


def authenticate(cookie_header: str) -> Authenticated | None:
    """Answer as django.contrib.auth.get_user does for a page, but without writing; the caller closes the connection."""
    return authenticate_many([cookie_header])[0]


def authenticate_many(cookie_headers: Sequence[str]) -> list[Authenticated | None]:
    """Answer for each; two questions to the database in all, however many come at once."""
    session_keys = [_session_key(header) for header in cookie_headers]
    found = {row.session_key: _found(row) for row in _sessions({key for key in session_keys if key})}
    users = _users({_user_id(session.facts) for session in found.values()})
    return [_authenticated(found[key], users) if key in found else None for key in session_keys]


def valid_keys(user: User, session_keys: Iterable[str]) -> set[str]:
    """Return those of a person's session keys that still let them in; one query."""
    found = {row.session_key: _found(row).facts for row in _sessions(set(session_keys))}
    return {key for key, facts in found.items() if _user_id(facts) == user.pk and _is_signed_for(user, facts[HASH_SESSION_KEY])}


def session_key_in(cookie_header: str) -> str:
    """Return the key of the session that a cookie header names, or ""."""
    return _session_key(cookie_header)


def hash_of(session_key: str) -> str:
    """Return the name of a session that may travel: the key itself would let its reader in."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:32]


@lru_cache(maxsize=4_096)
def _decoded(text: str) -> Mapping[str, Any]:
    """What a session's signed text says: the same whenever it is asked, and people come back by the same session all day."""
    facts: Mapping[str, Any] = SessionStore().decode(text)
    return facts


def _session_key(cookie_header: str) -> str:
    key = parse_cookie(cookie_header).get(settings.SESSION_COOKIE_NAME, "")
    return key if len(key) == _KEY_CHARS and key.isascii() and key.isalnum() else ""


def _user_id(facts: Mapping[str, Any]) -> int:
    """Whose session this is; 0, which nobody is, where it is nobody's or not made by a log-in of ours."""
    if facts.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS or not facts.get(HASH_SESSION_KEY):
        return 0
    user_id = str(facts.get(SESSION_KEY))
    return int(user_id) if user_id.isascii() and user_id.isdigit() else 0


def _sessions(session_keys: set[str]) -> Iterable[Session]:
    if not session_keys:
        return []
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    return Session.objects.raw(_SESSIONS.format(_marks(session_keys)), [*session_keys, now])


def _found(row: Session) -> _Found:
    return _Found(hash_of(row.session_key), _decoded(row.session_data), row.expire_date)


def _users(user_ids: set[int]) -> dict[int, User]:
    if not user_ids:
        return {}
    found = User.objects.raw(_USERS.format(_marks(user_ids)), [*user_ids])
    return only_with_required({user.pk: user for user in found})


def _marks(values: Sized) -> str:
    return ", ".join(["%s"] * len(values))


def _authenticated(session: _Found, users: Mapping[int, User]) -> Authenticated | None:
    user = users.get(_user_id(session.facts))
    if user is None or not _is_signed_for(user, session.facts[HASH_SESSION_KEY]):
        return None
    return Authenticated(user, session.hash, session.expires_at)


def _is_signed_for(user: User, signature: str) -> bool:
    """A password change makes the signatures of older sessions wrong; a rotated SECRET_KEY leaves them right for a while."""
    hashes: Iterable[str] = (user.get_session_auth_hash(), *user.get_session_auth_fallback_hash())
    return any(constant_time_compare(signature, valid) for valid in hashes)
