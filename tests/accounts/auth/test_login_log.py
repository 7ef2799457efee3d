"""Logins in the log: who and from where, and nothing that somebody typed."""

import pytest
from django.test import Client

from tests.accounts.conftest import PASSWORD

LOG_IN = "/accounts/login/"


@pytest.fixture
def noted(caplog):
    """Return what the log says of logins, and from where."""
    caplog.set_level("INFO", "accounts.auth.login_log")
    return lambda: [(record.message, record.address) for record in caplog.records if record.name == "accounts.auth.login_log"]


def test_login_and_logout_are_one_line_each(client, alice, noted):
    client.post(LOG_IN, {"login": "alice", "password": PASSWORD}, REMOTE_ADDR="203.0.113.7")
    client.post("/accounts/logout/", REMOTE_ADDR="203.0.113.7")
    assert noted() == [(f"Login of user {alice.pk}", "203.0.113.7"), (f"Logout of user {alice.pk}", "203.0.113.7")]


@pytest.mark.parametrize("name", ["alice", "nobody-x", "my secret passphrase"])
def test_a_failed_login_has_its_address_and_not_what_was_typed(alice, mallory, noted, caplog, name):
    mallory.post(LOG_IN, {"login": name, "password": "wrong wrong"}, REMOTE_ADDR="203.0.113.7")
    assert noted() == [("Login failed", "203.0.113.7")]
    assert "wrong wrong" not in caplog.text
    assert "passphrase" not in caplog.text


def test_a_login_that_is_refused_after_too_many_failures_is_noted_too(alice, mallory, noted):
    for _ in range(6):
        mallory.post(LOG_IN, {"login": "alice", "password": "wrong wrong"}, REMOTE_ADDR="203.0.113.7")
    assert [line for line, _ in noted()] == [*["Login failed"] * 5, "Login refused after too many failures"]


@pytest.mark.parametrize(
    ("trusted", "forwarded", "address"),
    [
        (0, "198.51.100.9", "203.0.113.7"),
        (1, "198.51.100.9", "198.51.100.9"),
        (1, "6.6.6.6, 198.51.100.9", "198.51.100.9"),
        (2, "198.51.100.9, 10.0.0.1", "198.51.100.9"),
        # Past the proxies: nobody there could be believed, and the page must work all the same.
        (2, "198.51.100.9", "203.0.113.7"),
        (1, "", "203.0.113.7"),
        (1, "no address", "203.0.113.7"),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_only_trusted_proxies_say_where_somebody_is(alice, settings, noted, trusted, forwarded, address):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = trusted
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    reply = Client().post(LOG_IN, {"login": "alice", "password": "wrong"}, REMOTE_ADDR="203.0.113.7", headers=headers)
    assert reply.status_code == 200
    assert noted() == [("Login failed", address)]
