from datetime import UTC, date, datetime

from chat.live.statistics.latency import Hour

DAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)


def test_what_processes_count_is_added_up_by_the_hour(any_live):
    any_live.delivery.add(NOON, {0: 1, 3: 5, 7: 2}, 0)
    any_live.delivery.add(NOON, {3: 1, 99_999: 1}, 4)
    any_live.delivery.add(NOON.replace(hour=0), {1: 1}, 0)
    hours = any_live.delivery.hours(DAY)
    assert hours[12] == Hour({1: 1, 3: 6, 8: 2, 10_000: 1}, 4)
    assert (hours[0].messages, hours[1].messages) == (1, 0)
    assert not any(hour.messages for hour in any_live.delivery.hours(date(2026, 11, 23)))


def test_it_is_forgotten_after_a_while(any_live):
    any_live.delivery.add(NOON, {1: 1}, 0)
    assert 14 * 86_400 < any_live.client.ttl("metrics:2026-11-24") <= 15 * 86_400


def test_percentiles():
    hour = Hour({1: 50, 10: 45, 100: 4, 1_000: 1}, 0)
    assert [hour.percentile(percent) for percent in (50, 51, 95, 96, 99, 100)] == [1, 10, 10, 100, 100, 1_000]
    assert Hour({}, 0).percentile(50) is None
