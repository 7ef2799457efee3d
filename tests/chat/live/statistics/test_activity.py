from datetime import UTC, date, datetime, timedelta

from chat.live.presence import SAMPLE_EVERY, PresenceEntry, sample_moment
from chat.live.statistics.activity import Connections

DAY = date(2026, 11, 24)


def test_who_was_here_can_be_counted_over_several_days(any_live):
    any_live.presence.mark_active([1, 2], DAY)
    any_live.presence.mark_active([2, 900], DAY - timedelta(days=1))
    today, yesterday, never = any_live.activity.active_people([DAY, DAY - timedelta(days=1), DAY - timedelta(days=2)])
    assert (today.bit_count(), yesterday.bit_count(), never, (today | yesterday).bit_count()) == (2, 2, 0, 3)


def test_where_a_person_is_connected(any_live):
    any_live.presence.renew_lease()
    any_live.presence.beat(
        {7: [PresenceEntry(42, "a", "active"), PresenceEntry(42, "b", "away"), PresenceEntry(4, "c", "active")]}
    )
    assert any_live.activity.connections_of(42, [7, 8]) == [Connections(2, 1), Connections(0, 0)]
    assert any_live.activity.rooms_in_use() == [7]
    assert any_live.activity.servers() == 1


def test_when_something_was_said_last(any_live):
    any_live.client.rpush("room:{7}:log", '{"seq":1,"sent_at":5}', '{"seq":2,"sent_at":9}')
    assert any_live.activity.last_sent([7, 8]) == [9, None]


def test_who_is_online_is_noted_for_a_day(any_live):
    moment = sample_moment(datetime(2026, 11, 24, 12, 19, 59, tzinfo=UTC))
    assert moment == datetime(2026, 11, 24, 12, 10, tzinfo=UTC)
    any_live.presence.sample([1, 2], moment)
    assert any_live.activity.online_at([moment, moment + SAMPLE_EVERY]) == [2, 0]
    assert 86_400 < any_live.client.ttl("online:2026-11-24T12:10") <= 90_000
