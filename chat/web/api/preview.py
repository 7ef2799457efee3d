"""A look into a room before one comes in."""

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from msgspec import to_builtins

from chat.actions.rooms.previewing import newest_lines
from chat.domain.errors import ChatError
from chat.models import Membership, Room
from chat.web.errors import json_view

FACES = 8


@json_view
def preview(request: HttpRequest, slug: str) -> JsonResponse:
    """Return who is in a room, moderators first, and its newest lines (null: not to be had now)."""
    assert request.user.pk
    rooms = Room.objects.readable_by(request.user.pk).exclude(kind=Room.Kind.DIRECT)
    room = get_object_or_404(rooms, slug=slug)
    try:
        lines = to_builtins(newest_lines(room.pk, request.user.pk))
    except ChatError:
        lines = None
    return JsonResponse({"people": _people(room), "count": room.memberships.count(), "lines": lines})


def _people(room: Room) -> list[dict[str, object]]:
    rows = Membership.objects.filter(room=room).order_by("-role", "joined_at", "pk")
    people = rows.values_list("user_id", "user__handle", "user__name", "role")[:FACES]
    return [dict(zip(("id", "handle", "name", "role"), row, strict=True)) for row in people]
