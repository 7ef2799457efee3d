"""The chat's front door: the rooms one is in, or the way to a first one."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chat.web.errors import page_view
from chat.web.page_facts import page_facts


@login_required
@page_view
def home(request: HttpRequest) -> HttpResponse:
    """Show the chat; which room was read last is known to the browser, which opens it."""
    page = page_facts(request)
    return render(request, "chat/room.html" if page["rooms"] else "chat/empty.html", {"page": page})
