"""The pulse: every number is the one that was counted, and there is a table behind every chart."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils.formats import date_format

from chat.actions.moderation import mute_kick_ban
from chat.admin.pulse import database_growth
from chat.live.presence import PresenceEntry, sample_moment
from chat.models import Message
from tests.chat.admin.conftest import SCRIPT, silent

PULSE = "/admin/pulse/"


def card(screens, title: str) -> dict:
    context = screens.client.get(PULSE).context
    [found] = [each for each in [*context["cards"], *context["rooms"]] if each["title"] == title]
    return found


def values(found: dict) -> list:
    return [row[1] for row in found["chart"].rows]


def test_who_is_here_now(scene, mona, live):
    live.presence.renew_lease()
    other = scene.open_room("Kitchen")
    live.presence.beat(
        {
            scene.room.pk: [PresenceEntry(scene.bob.pk, "c1", "active"), PresenceEntry(scene.alice.pk, "c2", "away")],
            other.pk: [PresenceEntry(scene.bob.pk, "c1", "active"), PresenceEntry(scene.alice.pk, "c3", "active")],
        }
    )
    here = card(mona, "Here now")
    assert (here["number"], here["says"]) == ("2", "2 active, 0 away")


def test_how_many_were_online_over_the_day(mona, live):
    now = sample_moment(datetime.now(UTC))
    live.presence.sample([1, 2, 300], now)
    live.presence.sample([2, 9], now)  # another process, with another tab of somebody's
    live.presence.sample([2, 9], now - timedelta(minutes=20))
    live.presence.sample([5], now - timedelta(days=1))
    online = card(mona, "Peak online")
    assert (online["number"], len(values(online))) == ("4", 144)
    assert values(online)[-3:] == ["2", "0", "4"]
    assert set(values(online)[:-3]) == {"0"}


def test_who_was_here_by_day_and_week(scene, mona, live):
    today = datetime.now(UTC).date()
    live.presence.mark_active([1, 2, 300], today)
    live.presence.mark_active([2, 9], today - timedelta(days=1))
    live.presence.mark_active([77], today - timedelta(days=7))
    assert values(card(mona, "Here now"))[-8:] == [1, 0, 0, 0, 0, 0, 2, 3]
    week = card(mona, "Active this week")
    assert (week["number"], week["says"]) == ("4", "3 today")
    assert values(week)[-8:] == [1, 1, 1, 1, 1, 1, 3, 4]


def test_delivery_and_gaps_by_the_hour(mona, live):
    now = datetime.now(UTC)
    live.delivery.add(now, {3: 90, 40: 9, 900: 1}, gaps=2)
    live.delivery.add(now - timedelta(hours=2), {7: 1}, gaps=1)
    live.delivery.add(now - timedelta(days=2), {9_000: 1}, gaps=50)
    delivery = card(mona, "Delivery")
    assert (delivery["number"], delivery["says"]) == ("3 ms", "95 of 100 within 40 ms, 99 within 40 ms")
    assert [row[1:] for row in delivery["chart"].rows][-3:] == [("8", "8", "8"), ("-", "-", "-"), ("3", "40", "40")]
    gaps = card(mona, "Gaps repaired")
    assert (gaps["number"], values(gaps)[-3:]) == ("3", [1, 0, 2])


def test_messages_an_hour_by_room(scene, mona):
    scene.say(scene.bob, "1", "2", "3")
    direct = scene.open_direct(scene.alice, scene.bob)
    scene.say(scene.bob, "secret", room=direct)
    hour_ago = Message.objects.filter(text="1").get().sent_at - 3_600_000
    Message.objects.filter(text="1").update(sent_at=hour_ago)
    lounge = card(mona, "Lounge")
    assert (lounge["number"], values(lounge)[-2:]) == ("3", [1, 2])
    assert card(mona, "all others")["number"] == "1"


def test_acts_reports_stalls_memory_and_the_archive(scene, mona, live):
    scene.say(scene.bob, "rude")
    scene.report(1)
    mute_kick_ban.mute_person(scene.mona, scene.room.pk, scene.bob.pk, "spam", 600)
    live.metrics.count_stall(150)
    live.archiving.tell_lag(42, 12.5)
    assert card(mona, "Actions today")["number"] == "1"
    waiting = card(mona, "Open reports")
    assert (waiting["number"], waiting["says"]) == ("1", "The oldest waits 0\xa0minutes.")
    stalls = card(mona, "Stalls over 100 ms")
    assert (stalls["number"], stalls["says"]) == ("1", "0.1 s in all, 150 ms at worst")
    archive = card(mona, "The archive is behind by")
    assert (archive["number"], archive["says"], archive["bad"]) == ("12.5 s", "42 messages", True)
    assert "MB" in card(mona, "Redis memory")["number"]


def test_every_chart_is_named_described_and_has_a_table(scene, mona):
    scene.say(scene.bob, "hello")
    page = mona.text(PULSE)
    charts = re.findall(r'<svg[^>]*role="img"[^>]*aria-labelledby="([^"]+)"', page)
    assert len(charts) >= 6
    for ids in charts:
        for one in ids.split():
            assert page.count(f'id="{one}"') == 1
    assert page.count("Show as a table") == len(charts)
    # Our policy forbids both, and the browser would leave them out.
    assert " style=" not in page
    assert not re.search(r"<script(?![^>]*src=)", page)


def test_a_room_may_be_called_anything(scene, mona):
    scene.say(scene.bob, "hello")
    scene.rename(SCRIPT[:60])
    page = mona.text(PULSE)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_before_anything_has_happened(scene, mona):
    assert "No messages in the last day." in mona.text(PULSE)
    assert card(mona, "Delivery")["number"] == "-"


@pytest.mark.parametrize("store", ["activity.active_people", "health.memory", "delivery.hours"])
def test_a_silent_redis_is_said_and_the_record_is_shown(scene, mona, live, monkeypatch, store):
    part, method = store.split(".")
    monkeypatch.setattr(getattr(live, part), method, silent)
    assert card(mona, "Redis")["bad"]
    assert card(mona, "Actions today")["number"] == "0"


def test_it_asks_the_database_few_questions_however_many_rooms_there_are(scene, mona, django_assert_max_num_queries):
    for n in range(12):
        room = scene.open_room(f"Room {n}")
        scene.say(scene.alice, "hello", room=room)
    with django_assert_max_num_queries(14):
        mona.text(PULSE)


def test_a_redis_that_can_lose_messages_is_named_with_the_reason(scene, mona, live, settings):
    settings.EMBEDDED_REDIS = False
    titles = [each["title"] for each in mona.client.get(PULSE).context["cards"]]
    assert "Durability" not in titles
    live.client.config_set("appendfsync", "everysec")
    try:
        found = card(mona, "Durability")
    finally:
        live.client.config_set("appendfsync", "always")
    assert found["bad"]
    assert found["says"] == "Redis can lose messages that it acknowledged (appendfsync: everysec)."


MB = 1024**2


@pytest.fixture
def measured(live, monkeypatch):
    """Lets the database have had a size on each of the last days, the newest last, and the disk so many MB free."""

    def let(sizes: list[float], free: int) -> None:
        today = datetime.now(UTC).date()
        for ago, size in enumerate(reversed(sizes)):
            live.database_sizes.note("sqlite", today - timedelta(days=ago), round(size * MB))
        monkeypatch.setattr(database_growth, "database_bytes", lambda: round(sizes[-1] * MB) if sizes else 0)
        monkeypatch.setattr(database_growth, "free_bytes", lambda: free * MB)

    return let


def day_in(days: int) -> str:
    return date_format(datetime.now(UTC) + timedelta(days=days), "DATE_FORMAT")


def test_ten_days_of_growth_tell_when_the_disk_will_be_full(mona, measured):
    measured([100 + 2 * day for day in range(10)], free=500)
    database = card(mona, "Database")
    says = f"It grows by 2.0\xa0MB a day. The disk will be full on {day_in(250)}."
    assert (database["number"], database["says"], database["bad"]) == ("118.0\xa0MB", says, False)
    assert values(database) == ["-"] * 4 + [str(100 + 2 * day) for day in range(10)]


def test_growth_on_two_days_of_a_week_counts(mona, measured):
    measured([100, 100, 100, 100, 107, 114, 114, 114, 114, 114, 121, 128], free=500)
    assert card(mona, "Database")["says"] == f"It grows by 2.3\xa0MB a day. The disk will be full on {day_in(214)}."


def test_a_disk_that_is_full_within_a_month_is_a_warning(mona, measured):
    measured([100, 110, 120], free=290)
    assert card(mona, "Database")["says"].endswith(f"full on {day_in(29)}.")
    assert card(mona, "Database")["bad"]


def test_one_import_does_not_bring_the_day_nearer(mona, measured):
    measured([100, 101, 102, 103, 900, 901, 902, 903], free=500)
    assert card(mona, "Database")["says"] == f"It grows by 1.0\xa0MB a day. The disk will be full on {day_in(500)}."


@pytest.mark.parametrize("sizes", [[100, 90, 80, 70], [100, 100, 100, 100]], ids=["shrinks", "stays"])
def test_a_database_that_does_not_grow_has_no_date(mona, measured, sizes):
    measured(sizes, free=500)
    assert card(mona, "Database")["says"] == "It does not grow. 500.0\xa0MB are free."


def test_a_date_in_many_years_is_none(mona, measured):
    measured([100, 100.01, 100.02], free=1_000_000)
    assert card(mona, "Database")["says"] == "It grows by 10.2\xa0KB a day. 976.6\xa0GB are free."


def test_two_days_say_nothing_of_growth(mona, measured):
    measured([100, 900], free=500)
    assert card(mona, "Database")["says"] == "Its growth is known after 3 days. 500.0\xa0MB are free."


def test_of_postgresql_only_the_size_is_known(mona, measured, monkeypatch):
    measured([100, 110, 120], free=290)
    monkeypatch.setattr(database_growth, "free_bytes", lambda: None)
    database = card(mona, "Database")
    assert (database["says"], database["bad"]) == ("It grows by 10.0\xa0MB a day.", False)


def test_without_redis_the_present_size_is_shown(mona, measured, live, monkeypatch):
    measured([100, 110, 120], free=290)
    monkeypatch.setattr(live.database_sizes, "of", silent)
    database = card(mona, "Database")
    assert (database["number"], database["bad"]) == ("120.0\xa0MB", False)
