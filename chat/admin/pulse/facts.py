"""The numbers behind the pulse. While Redis does not answer, what only Redis knows is left out, and the page says so."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils.translation import gettext

from chat.archive.maintenance.message_counts import HOUR_MS, messages_by_hour
from chat.domain.types import RoomId
from chat.live.live_state import live_state
from chat.live.presence import SAMPLE_EVERY, sample_moment
from chat.live.redis.durability import broken_promises
from chat.live.statistics.backups import LastBackup
from chat.live.statistics.health import Lag, Memory
from chat.live.statistics.latency import Hour
from chat.live.statistics.metrics import Stalls
from chat.models import ModerationLog, Report, Room

HOURS = 24
DAYS = 14
WEEK = 7
BUSIEST = 6
ROOMS_AT_ONCE = 500


class Here(NamedTuple):
    """People who are connected now, by what they do."""

    active: int
    away: int


class BusyRoom(NamedTuple):
    """A room by its name, and its messages in each of the last hours."""

    name: str
    hours: Sequence[int]

    @property
    def messages(self) -> int:
        return sum(self.hours)


@dataclass(frozen=True)
class LivePulse:
    """What Redis knows."""

    here: Here
    online: Sequence[int]
    daily: Sequence[int]
    weekly: Sequence[int]
    delivery: Sequence[Hour]
    stalls: Stalls
    memory: Memory
    lag: Lag
    servers: int
    # Redis's settings that let an acknowledged message be lost, by name.
    broken: Mapping[str, str]
    backup: LastBackup


def last_days(today: date, days: int) -> list[date]:
    """Return so many days, today the last."""
    return [today - timedelta(days=ago) for ago in range(days - 1, -1, -1)]


def last_hours(now: datetime) -> list[datetime]:
    """Return the beginnings of the last hours, this one the last."""
    this = now.replace(minute=0, second=0, microsecond=0)
    return [this - timedelta(hours=ago) for ago in range(HOURS - 1, -1, -1)]


def last_samples(now: datetime) -> list[datetime]:
    """Return the moments of the last day at which who is online was noted, the newest last."""
    newest = sample_moment(now)
    return [newest - ago * SAMPLE_EVERY for ago in range(timedelta(hours=HOURS) // SAMPLE_EVERY - 1, -1, -1)]


def live_pulse(now: datetime) -> LivePulse:
    """Return what Redis knows; raises ChatError unavailable."""
    live = live_state()
    daily, weekly = _active(now.date())
    return LivePulse(
        _here(),
        live.activity.online_at(last_samples(now)),
        daily,
        weekly,
        _delivery(last_hours(now)),
        live.metrics.stalls(),
        live.health.memory(),
        live.health.archive_lag(),
        live.activity.servers(),
        {} if settings.EMBEDDED_REDIS else broken_promises(live.client),
        live.backups.last(),
    )


def busiest_rooms(now: datetime) -> list[BusyRoom]:
    """Return the rooms in which most was said in the last hours, then all others as one."""
    since = round(last_hours(now)[0].timestamp() * 1000)
    by_room = messages_by_hour(since - since % HOUR_MS, HOURS)
    names = _names(list(by_room))
    ranked = sorted((room for room in by_room if room in names), key=lambda room: sum(by_room[room]), reverse=True)
    busy = [BusyRoom(names[room], by_room[room]) for room in ranked[:BUSIEST]]
    others = [by_room[room] for room in by_room if room not in ranked[:BUSIEST]]
    return [*busy, BusyRoom(gettext("all others"), [sum(hour) for hour in zip(*others, strict=True)])] if others else busy


def acts_by_day(days: Sequence[date]) -> list[int]:
    """Return how many acts of moderation each day saw."""
    since = datetime(days[0].year, days[0].month, days[0].day, tzinfo=UTC)
    counted = ModerationLog.objects.filter(at__gte=since).annotate(day=TruncDate("at")).values("day").order_by()
    found = dict(counted.annotate(acts=Count("pk")).values_list("day", "acts"))
    return [found.get(day, 0) for day in days]


def waiting_reports(user_id: int) -> tuple[int, datetime | None]:
    """Return how many reports wait, and since when the oldest does."""
    waiting = Report.objects.exclude(author=user_id).exclude(state=Report.State.RESOLVED)
    return waiting.count(), waiting.order_by("pk").values_list("created_at", flat=True).first()


def _here() -> Here:
    live = live_state()
    rooms = live.activity.rooms_in_use()
    status: dict[int, str] = {}
    for start in range(0, len(rooms), ROOMS_AT_ONCE):
        for people in live.presence.who(rooms[start : start + ROOMS_AT_ONCE]):
            for person in people:
                # One who is active in any room is active.
                status[person.user] = "active" if "active" in (person.status, status.get(person.user)) else "away"
    counted = Counter(status.values())
    return Here(counted["active"], counted["away"])


def _active(today: date) -> tuple[list[int], list[int]]:
    """People by day, and in the week that ends with each day."""
    bits = live_state().activity.active_people(last_days(today, DAYS + WEEK - 1))
    daily = [day.bit_count() for day in bits[WEEK - 1 :]]
    weekly = [_all_of(bits[end - WEEK : end]).bit_count() for end in range(WEEK, len(bits) + 1)]
    return daily, weekly


def _all_of(bits: Sequence[int]) -> int:
    together = 0
    for day in bits:
        together |= day
    return together


def _delivery(hours: Sequence[datetime]) -> list[Hour]:
    days = {day: live_state().delivery.hours(day) for day in {hour.date() for hour in hours}}
    return [days[hour.date()][hour.hour] for hour in hours]


def _names(room_ids: Sequence[RoomId]) -> dict[RoomId, str]:
    rooms = Room.objects.filter(pk__in=room_ids).exclude(kind=Room.Kind.DIRECT)
    return dict(rooms.values_list("pk", "name"))
