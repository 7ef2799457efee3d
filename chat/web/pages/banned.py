"""People who are banned from the site, or from a room, see one page: it says why and until when."""

from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from chat.actions.moderation.sanctions import site_bans
from chat.domain.types import LiveSanction

Respond = Callable[[HttpRequest], HttpResponse]


def keep_out_the_banned(get_response: Respond) -> Respond:
    """Middleware: every page but the log-out."""

    def respond(request: HttpRequest) -> HttpResponse:
        user_id = request.user.pk if request.path != reverse("account_logout") else None
        ban = site_bans([user_id]).get(user_id) if user_id else None
        if ban is None:
            return get_response(request)
        return ban_page(request, ban, is_from_site=True)

    return respond


def ban_page(request: HttpRequest, ban: LiveSanction, is_from_site: bool) -> HttpResponse:
    """Return the page of a ban; of a room's ban it does not name the room."""
    until = ban.until and datetime.fromtimestamp(ban.until / 1000, UTC)
    context = {"reason": ban.reason, "until": until, "is_from_site": is_from_site}
    return render(request, "chat/banned.html", context, status=HTTPStatus.FORBIDDEN)
