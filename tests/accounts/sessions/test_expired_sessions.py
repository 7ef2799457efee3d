"""Sessions that are over do not stay in the database."""

from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.sessions import expired_sessions
from accounts.sessions.authentication import hash_of, session_ended
from accounts.sessions.expired_sessions import clear_expired_sessions


@pytest.fixture
def make_session(transactional_db):
    def make(user_id: int, hours: int) -> str:
        session = SessionStore()
        session[SESSION_KEY] = str(user_id)
        session.save()
        key = str(session.session_key)
        Session.objects.filter(pk=key).update(expire_date=timezone.now() + timedelta(hours=hours))
        return key

    return make


def test_only_expired_sessions_go_and_their_connections_are_told(make_session, monkeypatch):
    monkeypatch.setattr(expired_sessions, "ROWS", 2)
    ended = []

    def note(user_id, session_hash, **kwargs):
        ended.append((user_id, session_hash))

    session_ended.connect(note)
    open_, *over = make_session(1, 1), *(make_session(number, -1) for number in range(2, 7))
    assert clear_expired_sessions() == 5
    session_ended.disconnect(note)
    assert list(Session.objects.values_list("pk", flat=True)) == [open_]
    assert sorted(ended) == [(number, hash_of(key)) for number, key in enumerate(over, 2)]
    assert clear_expired_sessions() == 0
