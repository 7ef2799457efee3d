"""The pulse: is everything well, at a glance? Each number with its chart, each chart with its table."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import gettext, ngettext

from accounts.time_notation import in_notation
from chat.admin.framework.panels import Panel, moment, person_link, room_link, words
from chat.admin.pulse import facts
from chat.admin.pulse.charts import Chart, bar_chart, line_chart
from chat.admin.pulse.database_growth import LEAST_DAYS, DatabaseGrowth, database_growth
from chat.admin.pulse.facts import BusyRoom, LivePulse
from chat.admin.pulse.last_backup import summary
from chat.domain.errors import ChatError
from chat.live.redis.durability import UNKNOWN
from chat.live.statistics.backups import LastBackup
from chat.live.statistics.latency import Hour
from chat.models import ModerationLog

NEWEST = 8
# A chart has whole numbers: of up to four digits, in the largest unit that leaves some.
UNITS = (("KB", 1024), ("MB", 1024**2), ("GB", 1024**3))
# So many days before the disk is full, the page warns.
DAYS_TO_ACT = 30


@permission_required("chat.view_moderationlog", raise_exception=True)
def pulse(request: HttpRequest) -> HttpResponse:
    """Render the page; wrapped in the admin's own door by the one that names its address."""
    now = timezone.now()
    rooms = facts.busiest_rooms(now)
    cards = [*_live_cards(now), *_record_cards(now, request.user.pk or 0), _database_card(now, database_growth(now))]
    context = {
        "title": gettext("Pulse"),
        "cards": cards,
        "rooms": _room_charts(now, rooms),
        "panels": [_latest()],
        "as_of": now,
    }
    return render(request, "admin/chat/pulse.html", admin.site.each_context(request) | context)


def _live_cards(now: datetime) -> list[dict[str, Any]]:
    try:
        live = facts.live_pulse(now)
    except ChatError:
        return [
            _card(
                "Redis",
                "?",
                gettext("Redis does not answer: presence, delivery and memory are unknown at the moment."),
                bad=True,
            )
        ]
    return [
        _people_card(now, live),
        _online_card(now, live),
        _week_card(now, live),
        _delivery_card(now, live.delivery),
        _gaps_card(now, live),
        *_facts(live),
        *_durability(live.broken),
        _backup_card(now, live.backup),
    ]


def _people_card(now: datetime, live: LivePulse) -> dict[str, Any]:
    here = live.here
    days = _days(now)
    chart = bar_chart("daily", gettext("People a day"), gettext("people"), days, live.daily)
    return _card(
        gettext("Here now"),
        f"{here.active + here.away:,}",
        gettext("{active:,} active, {away:,} away").format(active=here.active, away=here.away),
        chart,
    )


def _online_card(now: datetime, live: LivePulse) -> dict[str, Any]:
    moments = [date_format(moment, in_notation("H:i")) for moment in facts.last_samples(now)]
    chart = line_chart("online", gettext("People online over the day"), gettext("people"), moments, {"online": live.online})
    return _card(gettext("Peak online"), f"{max(live.online):,}", gettext("in the last day, checked every ten minutes"), chart)


def _week_card(now: datetime, live: LivePulse) -> dict[str, Any]:
    chart = bar_chart("weekly", gettext("People in the seven days up to each day"), gettext("people"), _days(now), live.weekly)
    return _card(
        gettext("Active this week"), f"{live.weekly[-1]:,}", gettext("{count:,} today").format(count=live.daily[-1]), chart
    )


def _delivery_card(now: datetime, hours: Sequence[Hour]) -> dict[str, Any]:
    series = {f"p{percent}": [hour.percentile(percent) for hour in hours] for percent in (50, 95, 99)}
    latest = next((hour for hour in reversed(hours) if hour.messages), None)
    chart = line_chart("delivery", gettext("From Redis to the sockets, by the hour"), gettext("ms"), _hours(now), series)
    if latest is None:
        return _card(gettext("Delivery"), "-", gettext("No message in the last day."), chart)
    says = gettext("95 of 100 within {most} ms, 99 within {nearly_all} ms").format(
        most=latest.percentile(95), nearly_all=latest.percentile(99)
    )
    return _card(gettext("Delivery"), f"{latest.percentile(50)} ms", says, chart)


def _gaps_card(now: datetime, live: LivePulse) -> dict[str, Any]:
    gaps = [hour.gaps for hour in live.delivery]
    chart = bar_chart(
        "gaps", gettext("Messages that a subscription missed, read from the log"), gettext("messages"), _hours(now), gaps
    )
    return _card(gettext("Gaps repaired"), f"{sum(gaps):,}", gettext("In the last day. All were repaired."), chart)


def _facts(live: LivePulse) -> list[dict[str, Any]]:
    limit = (
        gettext("of {limit}").format(limit=filesizeformat(live.memory.limit)) if live.memory.limit else gettext("no limit set")
    )
    stalls = live.stalls
    return [
        _card(
            gettext("Stalls over 100 ms"),
            f"{stalls.times:,}",
            gettext("{seconds:.1f} s in all, {worst:,} ms at worst").format(
                seconds=stalls.total_ms / 1000, worst=stalls.worst_ms
            ),
        ),
        _card(
            gettext("Redis memory"),
            filesizeformat(live.memory.used),
            gettext("peak {peak}, {limit}").format(peak=filesizeformat(live.memory.peak), limit=limit),
        ),
        _card(
            gettext("The archive is behind by"),
            f"{live.lag.seconds:.1f} s",
            ngettext("%(count)d message", "%(count)d messages", live.lag.messages) % {"count": live.lag.messages},
            bad=live.lag.seconds > 10,
        ),
        _card(gettext("Processes"), f"{live.servers:,}", gettext("that carry connections")),
    ]


def _durability(broken: Mapping[str, str]) -> list[dict[str, Any]]:
    """Only where an acknowledged message can be lost: which of Redis's settings is the reason."""
    if not broken:
        return []
    unknown = gettext("not known")
    settings = ", ".join(f"{name}: {unknown if value == UNKNOWN else value}" for name, value in broken.items())
    says = gettext("Redis can lose messages that it acknowledged ({settings}).").format(settings=settings)
    return [_card(gettext("Durability"), gettext("not safe"), says, bad=True)]


def _backup_card(now: datetime, last: LastBackup) -> dict[str, Any]:
    made, says, is_bad = summary(now, last)
    return _card(gettext("Last backup"), made, says, bad=is_bad)


def _record_cards(now: datetime, user_id: int) -> list[dict[str, Any]]:
    acts = facts.acts_by_day(facts.last_days(now.date(), facts.DAYS))
    waiting, oldest = facts.waiting_reports(user_id)
    waits = gettext("The oldest waits {time}.").format(time=timesince(oldest, now)) if oldest else gettext("No open requests.")
    return [
        _card(
            gettext("Actions today"),
            f"{acts[-1]:,}",
            "",
            bar_chart("acts", gettext("Moderation actions per day"), gettext("actions"), _days(now), acts),
        ),
        _card(gettext("Open reports"), f"{waiting:,}", waits, bad=oldest is not None and now - oldest > timedelta(hours=1)),
    ]


def _database_card(now: datetime, growth: DatabaseGrowth) -> dict[str, Any]:
    most = max(growth.by_day.values(), default=0)
    unit, divisor = next((each for each in UNITS if most < 10_000 * each[1]), UNITS[-1])
    sizes = [growth.by_day.get(day) for day in facts.last_days(now.date(), facts.DAYS)]
    shown = [None if size is None else round(size / divisor) for size in sizes]
    chart = line_chart("database", gettext("Size of the database by day"), unit, _days(now), {unit: shown})
    left = growth.days_left()
    says = f"{_grows(growth)} {_full(now, growth)}".strip()
    return _card(gettext("Database"), filesizeformat(growth.size), says, chart, bad=left is not None and left < DAYS_TO_ACT)


def _grows(growth: DatabaseGrowth) -> str:
    if growth.per_day is None:
        return gettext("Its growth is known after {days} days.").format(days=LEAST_DAYS)
    if growth.per_day <= 0:
        return gettext("It does not grow.")
    return gettext("It grows by {size} a day.").format(size=filesizeformat(growth.per_day))


def _full(now: datetime, growth: DatabaseGrowth) -> str:
    left = growth.days_left()
    if left is not None:
        return gettext("The disk will be full on {date}.").format(date=date_format(now + timedelta(days=left), "DATE_FORMAT"))
    return "" if growth.free is None else gettext("{size} are free.").format(size=filesizeformat(growth.free))


def _room_charts(now: datetime, rooms: Sequence[BusyRoom]) -> list[dict[str, Any]]:
    hours = _hours(now)
    charts = [
        bar_chart(
            f"room-{n}",
            gettext("Messages an hour: {room}").format(room=room.name),
            gettext("messages"),
            hours,
            room.hours,
            caption=gettext("The last 24 hours"),
        )
        for n, room in enumerate(rooms)
    ]
    return [_card(room.name, f"{room.messages:,}", "", chart) for room, chart in zip(rooms, charts, strict=True)]


def _latest() -> Panel:
    newest = ModerationLog.objects.select_related("by", "user", "room")[:NEWEST]
    rows = [
        (
            moment(one.at),
            person_link(one.by, one.by_id),
            one.get_action_display(),
            person_link(one.user, one.user_id),
            room_link(one.room),
            words(one.reason),
        )
        for one in newest
    ]
    return Panel(
        gettext("Latest in the log"),
        (gettext("When"), gettext("Who"), gettext("What"), gettext("Person"), gettext("Where"), gettext("Why")),
        rows,
        gettext("Nothing yet."),
    )


def _card(title: str, number: str, says: str, chart: Chart | None = None, bad: bool = False) -> dict[str, Any]:
    return {"title": title, "number": number, "says": says, "chart": chart, "bad": bad}


def _days(now: datetime) -> list[str]:
    return [date_format(day, gettext("j M")) for day in facts.last_days(now.date(), facts.DAYS)]


def _hours(now: datetime) -> list[str]:
    return [date_format(hour, in_notation("H:i")) for hour in facts.last_hours(now)]
