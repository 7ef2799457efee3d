"""A person's sessions. Django's table does not say whose a session is: each has to be read to know."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.sessions.authentication import hash_of
from bounds.pause import let_others_go_on

READ_AT_ONCE = 200


class OpenSession(NamedTuple):
    """A session by the name that may be shown, and when it ends unless it is used again."""

    hash: str
    expires_at: datetime


def open_sessions(user_id: int) -> list[OpenSession]:
    """Return where a person is signed in, what was used last first."""
    sessions = (OpenSession(hash_of(session.session_key), session.expire_date) for session in _sessions_of(user_id))
    return sorted(sessions, key=lambda session: session.expires_at, reverse=True)


def end_sessions(user_id: int, session_hash: str = "") -> int:
    """End one session of a person, or all; return how many. Each row is deleted by itself, as the watch on sessions is told."""
    ending = [session for session in _sessions_of(user_id) if session_hash in ("", hash_of(session.session_key))]
    for session in ending:
        session.delete()
    return len(ending)


def _sessions_of(user_id: int) -> Iterator[Session]:
    last = ""
    while page := _unexpired(last):
        yield from (session for session in page if session.get_decoded().get(SESSION_KEY) == str(user_id))
        last = page[-1].session_key
        let_others_go_on()  # reading takes 30 microseconds a session


def _unexpired(after: str) -> list[Session]:
    unexpired = Session.objects.filter(expire_date__gt=timezone.now(), session_key__gt=after)
    return list(unexpired.order_by("session_key")[:READ_AT_ONCE])
