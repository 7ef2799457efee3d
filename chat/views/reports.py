"""The queue of a room's reports, for who moderates it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from chat.actions.report_handling import reports_for, reports_of_my_rooms
from chat.actions.reports import reports_by
from chat.models import Report, Room
from chat.views.moments import milliseconds
from chat.views.page import room_facts
from chat.views.person import person_facts, signed_in
from chat.views.refusals import refusing

SHOWN_AT_MOST = 200
PEOPLE = ("reporter", "author", "claimed_by", "resolved_by")


@login_required
@require_GET
@refusing
def reports(request: HttpRequest, slug: str) -> JsonResponse:
    """Return the newest reports that are open or claimed, or with ?state=resolved those that were resolved."""
    room = get_object_or_404(Room, slug=slug)
    wants_resolved = request.GET.get("state") == Report.State.RESOLVED
    states = [Report.State.RESOLVED] if wants_resolved else [Report.State.OPEN, Report.State.CLAIMED]
    found = reports_for(signed_in(request), room.pk).filter(state__in=states)
    rows = found.select_related(*PEOPLE)[:SHOWN_AT_MOST]
    return JsonResponse({"reports": [_told(report) for report in rows]})


@login_required
@require_GET
def my_reports(request: HttpRequest) -> JsonResponse:
    """Return what waits in the rooms one moderates (?state=resolved: the past), and one's own reports with their answers."""
    resolved = request.GET.get("state") == Report.State.RESOLVED
    of_rooms = reports_of_my_rooms(signed_in(request), resolved).select_related("room", *PEOPLE)[:SHOWN_AT_MOST]
    mine = reports_by(signed_in(request)).select_related("room")[:SHOWN_AT_MOST]
    return JsonResponse(
        {
            "of_rooms": [_told(report) | {"room": room_facts(report.room)} for report in of_rooms],
            "mine": [_told_to_reporter(report) for report in mine],
        }
    )


def _told_to_reporter(report: Report) -> dict[str, Any]:
    """Neither who looked into it nor what was done to whom: the answer is what the moderators say of it."""
    shown = {field: getattr(report, field) for field in ("seq", "state", "reason", "snapshot", "answer")}
    times = {"created_at": milliseconds(report.created_at), "resolved_at": milliseconds(report.resolved_at)}
    return {"id": report.pk, "room": room_facts(report.room), **shown, **times}


def _told(report: Report) -> dict[str, Any]:
    return {
        "id": report.pk,
        "seq": report.seq,
        "source": report.source,
        "state": report.state,
        "reason": report.reason,
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
