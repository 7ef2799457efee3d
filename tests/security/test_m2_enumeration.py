"""M2, L13: neither a sign-up nor a reset tells whether an email has an account."""

import time

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from accounts.auth.even_time import EVEN_SECONDS
from accounts.models import ReservedHandle, User

PASSWORD = "a long enough one"


@pytest.fixture(autouse=True)
def _mail_is_set_up(settings, db):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.SENDS_MAIL = True
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    cache.clear()
    User.objects.create_superuser("olivia@example.org", "olivia", PASSWORD, name="Olivia Berg")
    User.objects.create_user("alice@example.org", "alice", PASSWORD, name="Alice")


def _sign_up(handle: str, email: str):
    facts = {"name": "Mal", "username": handle, "email": email, "password1": PASSWORD}
    began = time.monotonic()
    answer = Client().post("/accounts/signup/", facts)
    return (answer.status_code, answer.get("Location")), time.monotonic() - began


def _is_free(handle: str) -> bool:
    free: bool = Client().post("/accounts/handle/", {"username": handle}).json()["free"]
    return free


def test_the_handle_is_taken_afterwards_either_way():
    known, _ = _sign_up("mal-one", "alice@example.org")
    unknown, _ = _sign_up("mal-two", "nobody@example.org")
    assert known == unknown
    assert (_is_free("mal-one"), _is_free("mal-two")) == (False, False)
    assert _sign_up("mal-one", "third@example.org")[0] != known  # and it cannot be had, as if it were an account's


def test_a_reserved_handle_is_free_again_after_days():
    _sign_up("mal-one", "alice@example.org")
    ReservedHandle.objects.update(until="2026-01-01T00:00Z")
    assert _is_free("mal-one")
    assert ReservedHandle.objects.drop_expired() == 1


def test_both_ways_take_as_long():
    times = [_sign_up(f"mal-{number}", email)[1] for number, email in enumerate(["alice@example.org", "new@example.org"])]
    assert all(spent >= EVEN_SECONDS for spent in times)
    began = time.monotonic()
    Client().post("/accounts/password/reset/", {"email": "nobody@example.org"})
    assert time.monotonic() - began >= EVEN_SECONDS


def test_a_stranger_is_not_written_to():
    Client().post("/accounts/password/reset/", {"email": "stranger@example.org"})
    assert mail.outbox == []
