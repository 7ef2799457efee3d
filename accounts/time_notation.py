"""Times of day in 12 or 24 hours, as the person's browser shows them: its pages tell by a cookie."""

from collections.abc import Callable
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_has_twelve_hours: ContextVar[bool] = ContextVar("has_twelve_hours", default=False)

Respond = Callable[[HttpRequest], HttpResponse]


def follow_cookie(get_response: Respond) -> Respond:
    """Middleware: let the request's pages show times as the cookie says."""

    def respond(request: HttpRequest) -> HttpResponse:
        token = _has_twelve_hours.set(request.COOKIES.get(settings.HOURS_COOKIE_NAME) == "12")
        try:
            return get_response(request)
        finally:
            _has_twelve_hours.reset(token)

    return respond


def in_notation(date_format: str) -> str:
    """Return a format of Django with its "H:i" in the person's notation."""
    if not _has_twelve_hours.get():
        return date_format
    return date_format.replace("H:i:s", "g:i:s A").replace("H:i", "g:i A")
