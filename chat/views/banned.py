"""Who is banned from the site finds one page, that says why and until when, and the way out."""

from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from chat.actions.sanctions import site_bans

Respond = Callable[[HttpRequest], HttpResponse]


def keep_out_the_banned(get_response: Respond) -> Respond:
    """Middleware: every page but the log-out."""

    def respond(request: HttpRequest) -> HttpResponse:
        user_id = request.user.pk if request.path != reverse("account_logout") else None
        ban = site_bans([user_id]).get(user_id) if user_id else None
        if ban is None:
            return get_response(request)
        until = ban.until and datetime.fromtimestamp(ban.until / 1000, UTC)
        return render(request, "chat/banned.html", {"reason": ban.reason, "until": until}, status=HTTPStatus.FORBIDDEN)

    return respond
