"""People who are banned from the site, or from a room, see one page: it says why and until when."""

from datetime import UTC, datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chat.domain.types import LiveSanction


def ban_page(request: HttpRequest, ban: LiveSanction, is_from_site: bool) -> HttpResponse:
    """Return the page of a ban; of a room's ban it does not name the room."""
    until = ban.until and datetime.fromtimestamp(ban.until / 1000, UTC)
    context = {"reason": ban.reason, "until": until, "is_from_site": is_from_site}
    return render(request, "chat/banned.html", context, status=HTTPStatus.FORBIDDEN)
