"""The pulse: is everything well, at a glance? Each number with its chart, each chart with its table."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.timesince import timesince

from chat.admin import pulse_facts
from chat.admin.charts import Chart, bar_chart, line_chart
from chat.admin.panels import Panel, moment, person_link, room_link, words
from chat.admin.pulse_facts import BusyRoom, LivePulse
from chat.errors import ChatError
from chat.models import ModerationLog
from chat.stores.delivery import Hour

NEWEST = 8


@permission_required("chat.view_moderationlog", raise_exception=True)
def pulse(request: HttpRequest) -> HttpResponse:
    """Render the page; wrapped in the admin's own door by the one that names its address."""
    now = timezone.now()
    rooms = pulse_facts.busiest_rooms(now)
    cards = [*_live_cards(now), *_record_cards(now, request.user.pk or 0)]
    context = {"title": "Pulse", "cards": cards, "rooms": _room_charts(now, rooms), "panels": [_latest()], "as_of": now}
    return render(request, "admin/chat/pulse.html", admin.site.each_context(request) | context)


def _live_cards(now: datetime) -> list[dict[str, Any]]:
    try:
        live = pulse_facts.live_pulse(now)
    except ChatError:
        return [
            _card("Redis", "?", "Redis does not answer: who is here, delivery and memory are not known just now.", bad=True)
        ]
    return [
        _people_card(now, live),
        _online_card(now, live),
        _week_card(now, live),
        _delivery_card(now, live.delivery),
        _gaps_card(now, live),
        *_facts(live),
    ]


def _people_card(now: datetime, live: LivePulse) -> dict[str, Any]:
    here = live.here
    days = _days(now)
    chart = bar_chart("daily", "People a day", "people", days, live.daily)
    return _card("Here now", f"{here.active + here.away:,}", f"{here.active:,} active, {here.away:,} away", chart)


def _online_card(now: datetime, live: LivePulse) -> dict[str, Any]:
    moments = [f"{moment:%H:%M}" for moment in pulse_facts.last_samples(now)]
    chart = line_chart("online", "People online over the day", "people", moments, {"online": live.online})
    return _card("At most online", f"{max(live.online):,}", "in the last day, looked at every ten minutes", chart)


def _week_card(now: datetime, live: LivePulse) -> dict[str, Any]:
    chart = bar_chart("weekly", "People in the seven days up to each day", "people", _days(now), live.weekly)
    return _card("Active this week", f"{live.weekly[-1]:,}", f"{live.daily[-1]:,} today", chart)


def _delivery_card(now: datetime, hours: Sequence[Hour]) -> dict[str, Any]:
    series = {f"p{percent}": [hour.percentile(percent) for hour in hours] for percent in (50, 95, 99)}
    latest = next((hour for hour in reversed(hours) if hour.messages), None)
    chart = line_chart("delivery", "From Redis to the sockets, by the hour", "ms", _hours(now), series)
    if latest is None:
        return _card("Delivery", "-", "No message in the last day.", chart)
    says = f"95 of 100 within {latest.percentile(95)} ms, 99 within {latest.percentile(99)} ms"
    return _card("Delivery", f"{latest.percentile(50)} ms", says, chart)


def _gaps_card(now: datetime, live: LivePulse) -> dict[str, Any]:
    gaps = [hour.gaps for hour in live.delivery]
    chart = bar_chart("gaps", "Messages that a subscription missed, read from the log", "messages", _hours(now), gaps)
    return _card("Gaps repaired", f"{sum(gaps):,}", "In the last day. None was lost.", chart)


def _facts(live: LivePulse) -> list[dict[str, Any]]:
    limit = f"of {filesizeformat(live.memory.limit)}" if live.memory.limit else "no limit set"
    stalls = live.stalls
    return [
        _card(
            "Stalls over 100 ms", f"{stalls.times:,}", f"{stalls.total_ms / 1000:.1f} s in all, {stalls.worst_ms:,} ms at worst"
        ),
        _card("Redis memory", filesizeformat(live.memory.used), f"at most {filesizeformat(live.memory.peak)}, {limit}"),
        _card(
            "The archive is behind by",
            f"{live.lag.seconds:.1f} s",
            f"{live.lag.messages:,} messages",
            bad=live.lag.seconds > 10,
        ),
        _card("Processes", f"{live.servers:,}", "that carry connections"),
    ]


def _record_cards(now: datetime, user_id: int) -> list[dict[str, Any]]:
    acts = pulse_facts.acts_by_day(pulse_facts.last_days(now.date(), pulse_facts.DAYS))
    waiting, oldest = pulse_facts.waiting_reports(user_id)
    waits = f"The oldest waits {timesince(oldest, now)}." if oldest else "Nobody waits."
    return [
        _card("Acts today", f"{acts[-1]:,}", "", bar_chart("acts", "Acts of moderation a day", "acts", _days(now), acts)),
        _card("Reports that wait", f"{waiting:,}", waits, bad=oldest is not None and now - oldest > timedelta(hours=1)),
    ]


def _room_charts(now: datetime, rooms: Sequence[BusyRoom]) -> list[dict[str, Any]]:
    hours = _hours(now)
    charts = [
        bar_chart(f"room-{n}", f"Messages an hour: {room.name}", "messages", hours, room.hours, caption="The last 24 hours")
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
    return Panel("Latest in the log", ("When", "Who", "What", "Whom", "Where", "Why"), rows, "Nothing yet.")


def _card(title: str, number: str, says: str, chart: Chart | None = None, bad: bool = False) -> dict[str, Any]:
    return {"title": title, "number": number, "says": says, "chart": chart, "bad": bad}


def _days(now: datetime) -> list[str]:
    return [f"{day:%d %b}" for day in pulse_facts.last_days(now.date(), pulse_facts.DAYS)]


def _hours(now: datetime) -> list[str]:
    return [f"{hour:%H}:00" for hour in pulse_facts.last_hours(now)]
