"""H6: five wrong passwords are five, whatever the Host, the port and the spelling; and nobody is locked out by others."""

import pytest
from allauth.core.internal.ratelimit import Rate, get_cache_key
from django.core.cache import cache
from django.test import Client

from accounts.models import User

PASSWORD = "a long enough one"
LOG_IN = "/accounts/login/"


@pytest.fixture(autouse=True)
def _limits(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    cache.clear()


@pytest.fixture
def alice(db) -> User:
    alice: User = User.objects.create_user("alice@example.org", "alice", PASSWORD, name="Alice")
    return alice


def _try(
    number: int, client: Client | None = None, login: str = "alice", password: str = "wrong wrong", host: str = "localhost"
):
    headers = {"X-Forwarded-For": f"9.9.{number // 250}.{number % 250}", "Host": host}
    return (client or Client()).post(LOG_IN, {"login": login, "password": password}, headers=headers).status_code


def test_the_port_in_host_buys_no_tries(alice):
    hosts = [f"localhost:{1000 + number}" for number in range(10)] + ["127.0.0.1", "[::1]:9", "LOCALHOST"]
    assert [_try(number, host=host) for number, host in enumerate(hosts)] == [200] * 5 + [429] * (len(hosts) - 5)
    assert _try(99, password=PASSWORD) == 429


def test_another_spelling_buys_no_tries(alice):
    spellings = [
        "alice",
        "ALICE",
        "@alice",
        " alice",
        "ａｌｉｃｅ",
        "alice@example.org",
        "Alice@Example.ORG",
        "alice@example.org ",
    ]
    assert [_try(number, login=login) for number, login in enumerate(spellings)] == [200] * 5 + [429] * 3


def test_an_account_that_is_not_there_is_limited_alike(db):
    assert [_try(number, login="nobody", host=f"localhost:{number + 1}") for number in range(7)] == [200] * 5 + [429] * 2


def test_alice_is_not_locked_out_of_a_browser_she_knows(alice):
    hers = Client()
    assert _try(1, hers, password=PASSWORD) == 302
    hers.post("/accounts/logout/")
    assert [_try(number) for number in range(10, 17)][-1] == 429  # mallory tries
    assert _try(2, hers, password=PASSWORD) == 302


def test_a_known_browser_has_five_tries_as_well_and_a_forged_mark_none(alice, settings):
    hers = Client()
    assert _try(1, hers, password=PASSWORD) == 302
    hers.post("/accounts/logout/")
    assert [_try(number, hers) for number in range(2, 9)] == [200] * 5 + [429] * 2
    forged = Client()
    statuses = []
    for number in range(20, 26):
        forged.cookies[settings.KNOWN_BROWSER_COOKIE_NAME] = f"forged:{number}"
        statuses.append(_try(number, forged))
    assert statuses[-1] == 429


def test_no_address_stands_in_the_keys(rf):
    request = rf.post(LOG_IN, headers={"X-Forwarded-For": "9.9.0.7"})
    keys = {
        get_cache_key(request, app="allauth.account", action=action, rate=Rate(10, 60, "ip")) for action in ("login", "signup")
    }
    assert len(keys) == 2
    assert all(":ip:" in key and "9.9.0.7" not in key for key in keys)
