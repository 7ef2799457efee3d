"""Find a public room to join."""

from django.http import HttpRequest, JsonResponse

from accounts.signed_in import signed_in
from chat.actions.rooms.browsing import joinable
from chat.web.errors import json_view


@json_view
def joinable_rooms(request: HttpRequest) -> JsonResponse:
    """Return a few public rooms that have the words, and that one is not in."""
    found = joinable(signed_in(request).pk, request.GET.get("q", ""))
    return JsonResponse({"rooms": [{"id": room.pk, "slug": room.slug, "name": room.name} for room in found]})
