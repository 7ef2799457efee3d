"""The door of a private room that takes requests."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.signed_in import signed_in
from chat.actions import limits
from chat.actions.rooms.join_requests import WORDS_MAX_CHARS, ask_to_join, room_that_takes_requests
from chat.models import JoinRequest
from chat.web.errors import page_view
from chat.web.page_facts import page_facts


@login_required
@require_POST
@page_view
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave word for who moderates the room."""
    person = signed_in(request)
    # Each request is told to all who moderate: nobody may knock at every door at once.
    limits.spend(person.id, "joins")
    ask_to_join(person, slug, request.POST.get("words", ""))
    return redirect("room", slug)


@page_view
def door(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the room's name and the way to ask, or that one has asked; 404 where no such door is."""
    room = room_that_takes_requests(slug)
    asked = JoinRequest.objects.filter(room=room, user=request.user.pk).first()
    context = {"page": page_facts(request), "room": room, "asked": asked, "most_words": WORDS_MAX_CHARS}
    return render(request, "chat/door.html", context)
