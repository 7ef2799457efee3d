from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import User

PASSWORD = "a long enough one"


@pytest.fixture(autouse=True)
def _own_cache(settings):
    """The limits count in memory here, from zero in each test."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _set_up(monkeypatch, request):
    """Sign-up is open as after the first run; what happens before it is test_first_run's."""
    if request.module.__name__.rpartition(".")[2] != "test_first_run":
        monkeypatch.setattr("accounts.auth.adapter.has_owner", lambda: True)


@pytest.fixture
def sends_mail(settings):
    """A server with mail set up."""
    settings.SENDS_MAIL = True
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True


@pytest.fixture
def make_person(db) -> Callable[..., User]:
    def make(handle: str, **facts: object) -> User:
        return User.objects.create_user(f"{handle}@example.org", handle, PASSWORD, **facts)

    return make


@pytest.fixture
def alice(make_person) -> User:
    alice: User = make_person("alice", name="Alice")
    return alice


@pytest.fixture
def bob(make_person) -> User:
    bob: User = make_person("bob", name="Bob")
    return bob


@pytest.fixture
def mallory(db) -> Client:
    """A stranger, who tries."""
    return Client()
