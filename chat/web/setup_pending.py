"""Middleware: until the owner has set the server up, every address says so, and nothing else."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy

from accounts.owner import is_set_up
from chat.domain.errors import ChatError, Code
from chat.web.errors import refused
from chat.web.unavailable import STATUS, wants_json

Respond = Callable[[HttpRequest], HttpResponse]

# The set-up itself, and what its page needs.
OPEN = {"setup", "set_language", "catalog", "manifest"}
RETRY_SECONDS = 60
# What a process asks itself for at its start has to load what it will need later.
OF_WARM_UP = "parley.warm_up"
PENDING = gettext_lazy("Setup is not finished")


def wait_for_setup(get_response: Respond) -> Respond:
    """Answer 503 while there is no account at all; after that, it costs nothing."""

    def respond(request: HttpRequest) -> HttpResponse:
        if is_set_up() or _name(request) in OPEN or OF_WARM_UP in request.META:
            return get_response(request)
        is_program = wants_json(request)
        answer = (
            refused(ChatError(Code.UNAVAILABLE, PENDING)) if is_program else render(request, "chat/pending.html", status=STATUS)
        )
        answer["Retry-After"] = RETRY_SECONDS
        answer["Cache-Control"] = "no-store"
        # It is no error of the server's: Django would log each as one.
        answer._has_been_logged = True  # type: ignore[attr-defined]  # Django's own mark, which its stubs lack
        return answer

    return respond


def _name(request: HttpRequest) -> str | None:
    try:
        return resolve(request.path_info).url_name
    except Resolver404:
        return None
