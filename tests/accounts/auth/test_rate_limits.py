"""The limits of log-ins and sign-ups while the machine's clock is set."""

import time

import pytest
from django.test import Client

HOUR, DAY = 3_600, 86_400


@pytest.mark.parametrize("step", [-DAY, -HOUR, HOUR, DAY])
def test_nobody_is_locked_out_by_a_clock_that_is_set(alice, mallory, monkeypatch, step):
    assert [_log_in(mallory, f"nobody-{number}") for number in range(40)].count(429) > 0
    real_time = time.time
    monkeypatch.setattr(time, "time", lambda: real_time() + step)
    assert _log_in(mallory, "alice", "a long enough one") == 302


def test_what_is_counted_after_that_is_limited_as_ever(alice, mallory, monkeypatch):
    _log_in(mallory, "nobody")
    real_time = time.time
    monkeypatch.setattr(time, "time", lambda: real_time() - HOUR)
    assert [_log_in(mallory, f"nobody-{number}") for number in range(40)].count(429) > 0


def _log_in(client: Client, name: str, password: str = "wrong") -> int:
    return client.post("/accounts/login/", {"login": name, "password": password}).status_code
