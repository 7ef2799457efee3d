"""The queue of a room's reports, for who moderates it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from chat.actions.report_handling import reports_for
from chat.models import Report, Room
from chat.views.person import person_facts
from chat.views.refusals import refusing

SHOWN_AT_MOST = 200


@login_required
@require_GET
@refusing
def reports(request: HttpRequest, slug: str) -> JsonResponse:
    """Return the newest reports that are open or claimed, or with ?state=resolved those that were resolved."""
    room = get_object_or_404(Room, slug=slug)
    wants_resolved = request.GET.get("state") == Report.State.RESOLVED
    states = [Report.State.RESOLVED] if wants_resolved else [Report.State.OPEN, Report.State.CLAIMED]
    found = reports_for(request.user, room.pk).filter(state__in=states)  # type: ignore[arg-type]  # logged in
    rows = found.select_related("reporter", "author", "claimed_by", "resolved_by")[:SHOWN_AT_MOST]
    return JsonResponse({"reports": [_told(report) for report in rows]})


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
        "created_at": round(report.created_at.timestamp() * 1000),
        "claimed_by": person_facts(report.claimed_by),
        "resolved_by": person_facts(report.resolved_by),
        "outcome": report.outcome,
        "answer": report.answer,
    }
