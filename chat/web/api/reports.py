"""The queue of a room's reports, for who moderates it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404

from accounts.models import User
from accounts.signed_in import signed_in
from chat.actions.moderation.report_handling import ReportPage, page_of, reports_for, reports_of_my_rooms
from chat.actions.moderation.reports import reports_by
from chat.models import Report, Room
from chat.models.moderation.report import ReportQuerySet
from chat.web.api.moments import milliseconds
from chat.web.errors import json_view
from chat.web.page_facts import room_facts
from chat.web.person_facts import person_facts

OWN_AT_MOST = 200


@json_view
def reports(request: HttpRequest, slug: str) -> JsonResponse:
    """Return a page of the reports that wait, people's first, or with ?state=resolved of those that were resolved."""
    room = get_object_or_404(Room, slug=slug)
    page = _page(request, reports_for(signed_in(request), room.pk))
    return JsonResponse({"reports": [_told(report) for report in page.reports], "next": page.end})


@json_view
def my_reports(request: HttpRequest) -> JsonResponse:
    """Return a page of what waits in the rooms one moderates (?state=resolved: the past), and one's own with their answers.

    One's own come with the first page.
    """
    of_rooms = reports_of_my_rooms(signed_in(request))
    page = _page(request, of_rooms)
    own = [] if request.GET.get("after") else reports_by(signed_in(request)).select_related("room")[:OWN_AT_MOST]
    readable = set(_readable(own, signed_in(request)))
    return JsonResponse(
        {
            "of_rooms": [_told(report) | {"room": room_facts(report.room)} for report in page.reports],
            "next": page.end,
            "open": of_rooms.filter(state=Report.State.OPEN).count(),
            "mine": [_told_to_reporter(report, report.room_id in readable) for report in own],
        }
    )


def _page(request: HttpRequest, found: ReportQuerySet) -> ReportPage:
    return page_of(found, request.GET.get("after", ""), request.GET.get("state") == Report.State.RESOLVED)


def _readable(reports: Iterable[Report], person: User) -> QuerySet[Room, int]:
    """Return the ids of the rooms among theirs that somebody can still read."""
    rooms = Room.objects.readable_by(person.pk).filter(pk__in={report.room_id for report in reports})
    return rooms.values_list("pk", flat=True)


def _told_to_reporter(report: Report, can_read_room: bool) -> dict[str, Any]:
    """Neither who looked into it nor what was done to whom: the answer is what the moderators say of it."""
    shown = {field: getattr(report, field) for field in ("seq", "state", "reason", "snapshot", "answer")}
    times = {"created_at": milliseconds(report.created_at), "resolved_at": milliseconds(report.resolved_at)}
    # Who is out of the room learns nothing of it that is newer than the report.
    room = room_facts(report.room) if can_read_room else {"kind": report.room.kind, "name": ""} | report.room_then
    return {"id": report.pk, "room": room, **shown, **times}


def _told(report: Report) -> dict[str, Any]:
    return {
        "id": report.pk,
        "seq": report.seq,
        "source": report.source,
        "state": report.state,
        "reason": report.reason,
        "count": report.count,
        "snapshot": report.snapshot,
        "reporter": person_facts(report.reporter),
        "author": person_facts(report.author),
        "created_at": milliseconds(report.created_at),
        "resolved_at": milliseconds(report.resolved_at),
        "claimed_by": person_facts(report.claimed_by),
        "resolved_by": person_facts(report.resolved_by),
        "outcome": report.outcome,
        "answer": report.answer,
    }
