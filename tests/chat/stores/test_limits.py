import pytest

from chat.errors import ChatError
from chat.stores.limits import Limit

SLOW = Limit("slow", burst=3, every_ms=60_000)
QUICK = Limit("quick", burst=1, every_ms=1)


def taken(live, limit: Limit, user_id: int) -> int:
    """How many turns somebody has."""
    for number in range(10):
        if refusal(live, limit, user_id):
            return number
    return 10


def refusal(live, limit: Limit, user_id: int) -> ChatError | None:
    """Take a turn; return what it is refused with."""
    try:
        live.limits.take(limit, user_id)
    except ChatError as error:
        return error
    return None


def test_who_has_no_turn_left_is_told_when_there_is_one(any_live):
    assert taken(any_live, SLOW, 1) == 3
    refused = refusal(any_live, SLOW, 1)
    assert refused
    assert refused.code == "rate_limited"
    assert refused.retry_in is not None
    assert 59 < refused.retry_in <= 60


def test_a_burst_is_allowed_and_then_one_at_a_time(any_live):
    assert taken(any_live, SLOW, 1) == 3
    assert taken(any_live, SLOW, 1) == 0


def test_everyone_and_everything_is_counted_by_itself(any_live):
    assert taken(any_live, SLOW, 1) == 3
    assert taken(any_live, SLOW, 2) == 3
    assert taken(any_live, SLOW._replace(name="other"), 1) == 3


def test_turns_come_back_and_nothing_is_kept_for_ever(any_live):
    got = 0
    while got < 3:
        got += refusal(any_live, QUICK, 1) is None
    taken(any_live, SLOW, 1)
    [key] = any_live.client.keys("user:*:slow")
    assert 0 < any_live.client.pttl(key) <= 3 * 60_000


@pytest.mark.parametrize("burst", [1, 2])
def test_a_full_bucket_holds_no_more_than_its_burst(any_live, burst):
    limit = Limit("some", burst, 60_000)
    assert taken(any_live, limit, 1) == burst
