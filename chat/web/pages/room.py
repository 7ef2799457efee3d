"""A room, or one message in it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from chat.actions.moderation.sanctions import refuse_banned_visitor
from chat.models import Room
from chat.web.errors import page_view
from chat.web.page_facts import page_facts
from chat.web.pages.ask import door


@login_required
@page_view
def room(request: HttpRequest, slug: str, seq: int | None = None) -> HttpResponse:
    """Show the room; one that may not be seen is not found, word for word like one that is not there.

    A private one that takes requests shows its door; one that somebody is banned from says why and until when.
    """
    assert request.user.pk
    found = Room.objects.filter(slug=slug).first()
    if found:
        refuse_banned_visitor(found, request.user.pk)
    # Asked in any case, so that a hidden room and none take the same time.
    shown = Room.objects.visible_to(request.user.pk).filter(slug=slug).first()
    if shown is None:
        if seq is not None:
            raise Http404
        return door(request, slug)
    return render(request, "chat/room.html", {"page": page_facts(request, shown, seq), "room": shown})
