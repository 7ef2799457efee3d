"""What a person or program is answered while a store is gone: 503, soon to be tried again, and never a bare error."""

import inspect
import logging
import sys

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils import translation
from django.views.defaults import server_error as bare_server_error

from accounts.language import language_of
from accounts.server_settings import keep_known
from chat.domain.errors import unavailable
from chat.web.errors import refused
from chat.web.store_errors import is_store_error

log = logging.getLogger(__name__)

STATUS = 503
RETRY_SECONDS = 5


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500: called while the error that no view and no middleware caught is still being handled."""
    error = sys.exception()
    return unavailable_response(request, error) if is_store_error(error) else bare_server_error(request)


def unavailable_response(request: HttpRequest, error: object) -> HttpResponse:
    """Return the page, or for a view that answers in JSON the refusal as the wire tells it. Asks no store."""
    extra = {"request": request, "status_code": STATUS}
    log.warning("%s is unavailable: %s", request.path, error, extra=extra)
    keep_known()
    with translation.override(language_of(request)):
        response = refused(unavailable()) if wants_json(request) else HttpResponse(render_to_string("503.html"), status=STATUS)
    response["Retry-After"] = RETRY_SECONDS
    response["Cache-Control"] = "no-store"
    # Django would log it again, with a stack.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def wants_json(request: HttpRequest) -> bool:
    """Whether the view answers JSON; where neither decorator of chat.web.errors says so, whether the client asks for it."""
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return False
    answers_json: bool | None = getattr(view, "answers_json", None)
    if answers_json is not None:
        return answers_json
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return True
    return inspect.signature(view).return_annotation is JsonResponse
