"""The directory: find a room, join it, or open a new one."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chat.actions.rooms.browsing import QUERY_MAX_CHARS, SHOWN, list_rooms
from chat.actions.rooms.join_requests import WORDS_MAX_CHARS
from chat.web.errors import page_view
from chat.web.page_facts import page_facts


@login_required
@page_view
def directory(request: HttpRequest) -> HttpResponse:
    """List a page of the rooms that one can read or ask to join: ?q= words, ?show= one of SHOWN, ?page=."""
    assert request.user.pk
    query = request.GET.get("q", "")[:QUERY_MAX_CHARS].strip()
    show = request.GET.get("show", "all")
    if show not in SHOWN:
        show = "all"
    found = list_rooms(request.user.pk, query, show, request.GET.get("page", "1"))
    context = {
        "page": page_facts(request),
        "found": found.page,
        "counts": found.counts,
        "query": query,
        "show": show,
        "most_query": QUERY_MAX_CHARS,
        "most_words": WORDS_MAX_CHARS,
    }
    return render(request, "chat/directory.html", context)
