"""A room, or one message in it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from chat.actions.sanctions import refuse_the_banned
from chat.models import Room
from chat.views.asking import door
from chat.views.page import page_facts
from chat.views.refusals import refusing


@login_required
@refusing
def room(request: HttpRequest, slug: str, seq: int | None = None) -> HttpResponse:
    """Show the room; one that may not be seen is not found, word for word like one that is not there.

    A private one that takes requests shows its door; one that somebody is banned from shows them nothing.
    """
    assert request.user.pk
    shown = Room.objects.visible_to(request.user.pk).filter(slug=slug).first()
    if shown is None:
        if seq is not None:
            raise Http404
        return door(request, slug)
    refuse_the_banned(shown.pk, request.user.pk)
    return render(request, "chat/room.html", {"page": page_facts(request, shown, seq), "room": shown})
