"""Who is in a room: the names behind the ids that the wire speaks of."""

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404

from chat.models import Membership, Room
from chat.web.errors import json_view


@json_view
def members(request: HttpRequest, slug: str) -> JsonResponse:
    """Return the members of a room that one may read, by name."""
    assert request.user.pk
    room = get_object_or_404(Room.objects.readable_by(request.user.pk), slug=slug)
    rows = Membership.objects.filter(room=room).values_list("user_id", "user__handle", "user__name", "role")
    people = [dict(zip(("id", "handle", "name", "role"), row, strict=True)) for row in rows.order_by("user__name", "user_id")]
    return JsonResponse({"members": people})
