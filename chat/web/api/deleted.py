"""What a deleted message said, for whoever may restore it."""

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404

from accounts.signed_in import signed_in
from chat.actions.moderation.message_moderation import read_deleted
from chat.models import Room
from chat.web.errors import json_view


@json_view
def deleted(request: HttpRequest, slug: str, seq: int) -> JsonResponse:
    """Return the words; there are none of a message that was not deleted, or has not reached the archive yet."""
    room = get_object_or_404(Room, slug=slug)
    return JsonResponse({"text": read_deleted(signed_in(request), room.pk, seq)})
