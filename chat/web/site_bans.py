"""Middleware: people who are banned from the site get nothing but the reason, and the log-out."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from chat.actions.moderation.sanctions import Banned, site_bans
from chat.web.errors import refused
from chat.web.pages.banned import ban_page
from chat.web.unavailable import wants_json

Respond = Callable[[HttpRequest], HttpResponse]


def keep_out_the_banned(get_response: Respond) -> Respond:
    """Answer every address but the log-out with the ban, as a page or as JSON."""

    def respond(request: HttpRequest) -> HttpResponse:
        user_id = request.user.pk if request.path != reverse("account_logout") else None
        ban = site_bans([user_id]).get(user_id) if user_id else None
        if ban is None:
            return get_response(request)
        return refused(Banned(ban)) if wants_json(request) else ban_page(request, ban, is_from_site=True)

    return respond
