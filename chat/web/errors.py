"""The refusals of chat.actions. Every view has one decorator: `json_view` and `json_form` answer JSON, `page_view` pages."""

from collections.abc import Callable
from functools import wraps
from http import HTTPMethod, HTTPStatus
from math import ceil
from typing import Any, Concatenate, ParamSpec

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from chat.actions.moderation.sanctions import Banned
from chat.domain.errors import ChatError, Code, bad_request, forbidden, not_found
from chat.web.pages.banned import ban_page

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, P], HttpResponse]
JsonView = Callable[Concatenate[HttpRequest, P], JsonResponse]

_STATUS = {
    Code.NOT_SIGNED_IN: HTTPStatus.UNAUTHORIZED,
    Code.FORBIDDEN: HTTPStatus.FORBIDDEN,
    Code.NOT_MEMBER: HTTPStatus.FORBIDDEN,
    Code.MUTED: HTTPStatus.FORBIDDEN,
    Code.BANNED: HTTPStatus.FORBIDDEN,
    Code.NOT_FOUND: HTTPStatus.NOT_FOUND,
    Code.CONFLICT: HTTPStatus.CONFLICT,
    Code.ROOM_CLOSED: HTTPStatus.CONFLICT,
    Code.RATE_LIMITED: HTTPStatus.TOO_MANY_REQUESTS,
    Code.SLOW_MODE: HTTPStatus.TOO_MANY_REQUESTS,
    Code.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
}


def json_view(view: JsonView[P]) -> JsonView[P]:
    """Decorator for an address that answers GET, for people who are logged in: every refusal is JSON."""
    return _json_view(view, HTTPMethod.GET, needs_login=True)


def json_form(view: JsonView[P]) -> JsonView[P]:
    """Decorator for an address that answers a form's POST, for people without an account: every refusal is JSON."""
    return _json_view(view, HTTPMethod.POST, needs_login=False)


def _json_view(view: JsonView[P], method: HTTPMethod, needs_login: bool) -> JsonView[P]:
    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> JsonResponse:
        if request.method != method:
            response = refused(bad_request(f"This address answers {method} only."), HTTPStatus.METHOD_NOT_ALLOWED)
            response["Allow"] = method
            return response
        try:
            if needs_login and not request.user.is_authenticated:
                raise ChatError(Code.NOT_SIGNED_IN)
            return view(request, *args, **kwargs)
        except Http404:
            return refused(not_found())
        except PermissionDenied:
            return refused(forbidden())
        except ChatError as error:
            return refused(error)

    # Read by chat.web.unavailable, which answers for a view whose store is gone.
    answer.answers_json = True  # type: ignore[attr-defined]
    return answer


def page_view(view: Page[P]) -> Page[P]:
    """Decorator for a page or a form: a refusal is a page. What a person must not know of is not found."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Banned as banned:
            return ban_page(request, banned.ban, is_from_site=banned.room_id is None)
        except ChatError as error:
            return _refusal_page(request, error)

    # As above.
    answer.answers_json = False  # type: ignore[attr-defined]
    return answer


def _refusal_page(request: HttpRequest, error: ChatError) -> HttpResponse:
    status = _STATUS.get(error.code, HTTPStatus.BAD_REQUEST)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        raise error  # chat.web.unavailable answers
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return render(request, "429.html", status=status)
    if status == HTTPStatus.FORBIDDEN:
        raise PermissionDenied(error.message) from error
    if status == HTTPStatus.NOT_FOUND:
        raise Http404 from error
    raise BadRequest(error.message) from error


def refused(error: ChatError, status: HTTPStatus | None = None) -> JsonResponse:
    """Return a refusal as the wire tells it, for an address that answers in JSON."""
    told: dict[str, Any] = {"code": error.code, "message": error.message}
    if error.retry_in is not None:
        told["retry_in"] = error.retry_in
    status = status or _STATUS.get(error.code, HTTPStatus.BAD_REQUEST)
    response = JsonResponse({"ok": False, "error": told}, status=status)
    if error.retry_in is not None:
        response["Retry-After"] = ceil(error.retry_in)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Cache-Control"] = "no-store"
    return response
