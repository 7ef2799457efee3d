"""Buckets of tokens: so many at once, then evenly."""

import time

import pytest

from chat.domain.errors import ChatError
from chat.live.limits import Limit


def _refusal(take, *args):
    with pytest.raises(ChatError) as refused:
        take(*args)
    return refused.value


def test_so_many_at_once_and_then_one_after_the_other(any_live):
    take = any_live.limits.take
    limit = Limit(3, 30_000)
    for _ in range(3):
        take(1, "joins", limit)
    refused = _refusal(take, 1, "joins", limit)
    assert refused.code == "rate_limited"
    assert 9 < refused.retry_in <= 10
    take(2, "joins", limit)
    take(1, "rooms", limit)

    full_at = int(any_live.client.get("user:{1}:limit:joins"))
    assert abs(full_at - time.time() * 1000 - 30_000) < 5_000
    any_live.client.set("user:{1}:limit:joins", full_at - 10_000)
    take(1, "joins", limit)
    assert _refusal(take, 1, "joins", limit).code == "rate_limited"


def test_a_bucket_is_forgotten_when_it_is_full(any_live):
    any_live.limits.take(1, "joins", Limit(3, 30_000))
    assert 9 <= any_live.client.ttl("user:{1}:limit:joins") <= 10


def test_no_limit_costs_nothing(any_live):
    any_live.limits.take(1, "joins", Limit())
    assert not any_live.client.keys("*")
