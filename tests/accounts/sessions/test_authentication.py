from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.sessions.authentication import authenticate, authenticate_many, hash_of, session_ended
from accounts.sessions.watch import person_renamed
from tests.accounts.conftest import PASSWORD


def cookie(client: Client) -> str:
    return f"theme=dark; {django_settings.SESSION_COOKIE_NAME}={client.session.session_key}; x=y"


@pytest.fixture
def browser(client, alice) -> Client:
    """Alice's, logged in."""
    client.force_login(alice)
    return client


def test_a_cookie_says_who_and_until_when(browser, alice, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        found = authenticate(cookie(browser))
    assert found
    user, session_hash, expires_at = found
    assert user == alice
    assert session_hash == hash_of(browser.session.session_key)
    assert session_hash not in browser.session.session_key
    assert len(session_hash) == 32
    assert expires_at == Session.objects.get().expire_date


@pytest.mark.parametrize(
    "header", ["", ";;;", "sessionid=", "sessionid=x", f"sessionid={'a' * 32}", "sessionid=" + "\x00" * 32, "=" * 9999]
)
def test_any_other_cookie_is_nobody(db, header):
    assert authenticate(header) is None


def test_a_crowd_is_told_apart_by_two_questions(alice, django_assert_max_num_queries):
    bob = User.objects.create_user("bob@parley.example", "bob", PASSWORD)
    crowd = [Client() for _ in range(4)]
    for number, client in enumerate(crowd):
        client.force_login(alice if number % 2 else bob)
    headers = [cookie(client) for client in crowd]
    with django_assert_max_num_queries(2):
        found = authenticate_many([headers[0], "", *headers[1:], headers[1]])
    assert [known and known.user.handle for known in found] == ["bob", None, "alice", "bob", "alice", "alice"]
    assert found[-1] == found[2]


def test_an_anonymous_session_is_nobody(client, db):
    session = client.session
    session["seen"] = True
    session.save()
    assert authenticate(f"sessionid={session.session_key}") is None


def test_a_session_ends_for_connections_as_it_does_for_pages(browser, alice):
    header = cookie(browser)
    assert authenticate(header)
    alice.is_active = False
    alice.save()
    assert authenticate(header) is None
    alice.is_active = True
    alice.save()
    assert authenticate(header)
    alice.set_password("another long one")
    alice.save()
    assert authenticate(header) is None


def test_an_expired_session_is_nobody(browser):
    header = cookie(browser)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert authenticate(header) is None


def test_a_backend_that_was_taken_away_lets_nobody_in(browser, settings):
    header = cookie(browser)
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
    assert authenticate(header) is None


def test_a_rotated_secret_key_keeps_people_in_and_their_cookie_too(browser, alice, settings):
    header, key = cookie(browser), browser.session.session_key
    data = browser.session._get_session()
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    Session.objects.filter(session_key=key).update(session_data=type(browser.session)(key).encode(data))
    found = authenticate(header)
    assert found
    assert found.user == alice
    assert Session.objects.filter(session_key=key).exists()


@pytest.fixture
def ended():
    """What was said about ended sessions: (user id, session hash or None for all)."""
    heard = []

    def note(user_id, session_hash, **kwargs):
        heard.append((user_id, session_hash))

    session_ended.connect(note)
    yield heard
    session_ended.disconnect(note)


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_log_out_ends_this_session_after_it_is_gone(browser, alice, ended, committed):
    key = browser.session.session_key
    gone = []
    session_ended.connect(
        lambda **_: gone.append(not Session.objects.filter(session_key=key).exists()), weak=False, dispatch_uid="g"
    )
    with committed():
        browser.post("/accounts/logout/")
    session_ended.disconnect(dispatch_uid="g")
    assert ended == [(alice.pk, hash_of(key))]
    assert gone == [True]


def test_a_new_password_ends_all_and_the_page_goes_on_in_a_new_session(browser, alice, ended, committed):
    old = browser.session.session_key
    with committed():
        browser.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": "another long one"})
    assert set(ended) == {(alice.pk, None), (alice.pk, hash_of(old))}
    found = authenticate(cookie(browser))
    assert found
    assert found.user == alice


def test_deactivation_ends_all(alice, ended, committed):
    with committed():
        alice.is_active = False
        alice.save(update_fields=["is_active"])
    assert ended == [(alice.pk, None)]


def test_deletion_of_sessions_ends_them(browser, alice, ended, committed):
    key = browser.session.session_key
    with committed():
        Session.objects.all().delete()
    assert ended == [(alice.pk, hash_of(key))]


def test_a_change_that_is_undone_ends_nothing(alice, ended, committed):
    with committed(), transaction.atomic():
        alice.set_password("another long one")
        alice.save()
        transaction.set_rollback(True)
    assert ended == []


def test_other_changes_end_nothing(browser, alice, ended, committed):
    with committed():
        alice.last_login = timezone.now()
        alice.save(update_fields=["last_login"])
        alice.name = "Alice A."
        alice.save()
    assert ended == []


def test_a_receiver_that_fails_keeps_nobody_from_logging_out(browser, committed, caplog):
    def fail(**kwargs):
        raise ConnectionError

    session_ended.connect(fail)
    with committed():
        assert browser.post("/accounts/logout/").status_code == 302
    session_ended.disconnect(fail)
    assert "_auth_user_id" not in browser.session


def test_a_new_name_is_told(alice, committed):
    told = []

    def note(user, **kwargs):
        told.append((user.name, user.handle))

    person_renamed.connect(note)
    with committed():
        alice.save()
        alice.name = "Alice A."
        alice.save()
    person_renamed.disconnect(note)
    assert told == [("Alice A.", "alice")]
