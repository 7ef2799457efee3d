"""How many messages a purge would take, before anybody decides."""

from django.http import Http404, HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404

from accounts.signed_in import signed_in
from chat.actions.moderation.purging import count_purgeable
from chat.models import Room
from chat.web.errors import json_view


@json_view
def purge_count(request: HttpRequest, slug: str, user_id: int) -> JsonResponse:
    """Return what somebody wrote here, in the last ?seconds= or ever."""
    room = get_object_or_404(Room, slug=slug)
    asked = request.GET.get("seconds", "")
    if asked and not (asked.isdecimal() and len(asked) < 10):
        raise Http404
    return JsonResponse({"count": count_purgeable(signed_in(request), room.pk, user_id, int(asked) if asked else None)})
