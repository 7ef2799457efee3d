"""How many messages a purge would take, before anybody decides, and those that can still be undone."""

from django.http import Http404, HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404

from accounts.signed_in import signed_in
from chat.actions.moderation.purging import count_purgeable, undoable_purges
from chat.models import Room
from chat.web.api.moments import milliseconds
from chat.web.errors import json_view
from chat.web.person_facts import person_facts


@json_view
def purge_count(request: HttpRequest, slug: str, user_id: int) -> JsonResponse:
    """Return what somebody wrote here, in the last ?seconds= or ever."""
    room = get_object_or_404(Room, slug=slug)
    asked = request.GET.get("seconds", "")
    if asked and not (asked.isdecimal() and len(asked) < 10):
        raise Http404
    return JsonResponse({"count": count_purgeable(signed_in(request), room.pk, user_id, int(asked) if asked else None)})


@json_view
def purges(request: HttpRequest, slug: str, user_id: int) -> JsonResponse:
    """Return the newest purges of what somebody wrote here that nobody has undone."""
    room = get_object_or_404(Room, slug=slug)
    found = undoable_purges(signed_in(request), room.pk, user_id)
    rows = [
        {
            "purge": entry.pk,
            "at": milliseconds(entry.at),
            "by": person_facts(entry.by),
            "reason": entry.reason,
            "count": len(entry.details["seqs"]),
        }
        for entry in found
    ]
    return JsonResponse({"purges": rows})
