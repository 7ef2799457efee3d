"""Middleware: what an address asks for is bounded before a database or a regular expression works on it."""

import logging
import re
from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.defaults import bad_request as bare_bad_request

from chat.domain.errors import bad_request
from chat.web.errors import refused
from chat.web.unavailable import wants_json

log = logging.getLogger(__name__)

Respond = Callable[[HttpRequest], HttpResponse]

# No list of the admin has so many columns: sorted by one a thousand times, it held the loop for 1.6 s.
_SORT = re.compile(r"[-.0-9]{0,60}")
# What its lists and choices are searched for: each word is looked for in every row, and 500 held the loop for 5 s.
_SEARCHES = ("q", "term")
MOST_SEARCH_CHARS, MOST_SEARCH_WORDS = 300, 10
# SQLite has its regular expressions from Python, which holds the loop for as long as one takes. Nothing of ours asks by them.
_FORBIDDEN_LOOKUPS = ("__regex", "__iregex")


class AddressBounds:
    """Answers 400 to what the admin's lists are asked beyond their bounds, and to numbers that no database can hold."""

    def __init__(self, get_response: Respond) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _is_of_admin(request) and _is_excessive(request):
            return bare_bad_request(request, BadRequest("The list's address is out of bounds."))
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Django's hook: a number of more than 64 bits names nothing. When anything but a form of the admin writes one,
        it would be our mistake.
        """
        is_asked = request.method in ("GET", "HEAD") or _is_of_admin(request)
        if not is_asked or not isinstance(error, OverflowError | DataError):
            return None
        log.warning("%s asks for a number out of range", request.path, extra={"request": request})
        answer: JsonResponse | HttpResponse = (
            refused(bad_request(gettext_lazy("A number is out of range.")))
            if wants_json(request)
            else bare_bad_request(request, error)
        )
        return answer


def _is_of_admin(request: HttpRequest) -> bool:
    return request.path.startswith(reverse("admin:index"))


def _is_excessive(request: HttpRequest) -> bool:
    asked = request.GET
    sorts = asked.getlist("o")
    searches = [text for name in _SEARCHES for text in asked.getlist(name)]
    return (
        not all(map(_SORT.fullmatch, sorts))
        or any(name.endswith(_FORBIDDEN_LOOKUPS) for name in asked)
        or any(len(text) > MOST_SEARCH_CHARS or len(text.split()) > MOST_SEARCH_WORDS for text in searches)
    )
