"""A room, or one message in it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from chat.models import Room
from chat.views.page import page_facts


@login_required
def room(request: HttpRequest, slug: str, seq: int | None = None) -> HttpResponse:
    """Show the room; one that may not be seen is not found, word for word like one that is not there."""
    assert request.user.pk
    shown = get_object_or_404(Room.objects.visible_to(request.user.pk), slug=slug)
    return render(request, "chat/room.html", {"page": page_facts(request, shown, seq), "room": shown})
