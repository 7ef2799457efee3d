"""The refusals of chat.actions as pages tell them."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from math import ceil
from typing import Any, Concatenate, ParamSpec

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from chat.actions.moderation.sanctions import Banned
from chat.domain.errors import ChatError, Code
from chat.web.pages.banned import ban_page

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

_STATUS = {
    Code.RATE_LIMITED: HTTPStatus.TOO_MANY_REQUESTS,
    Code.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
    Code.FORBIDDEN: HTTPStatus.UNAUTHORIZED,
}


def refusing(view: View[P]) -> View[P]:
    """Decorator: who may not see that there is something finds nothing, who may see it and not more is told so."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Banned as banned:
            return ban_page(request, banned.ban, is_from_site=banned.room_id is None)
        except ChatError as error:
            if error.code in (Code.FORBIDDEN, Code.NOT_MEMBER, Code.BANNED, Code.MUTED):
                raise PermissionDenied(error.message) from error
            if error.code is Code.NOT_FOUND:
                raise Http404 from error
            if error.code in (Code.BAD_REQUEST, Code.TOO_LONG):
                raise BadRequest(error.message) from error
            if error.code is Code.RATE_LIMITED:
                return render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
            raise  # unavailable: chat.web.unavailable answers

    return answer


def refused(error: ChatError) -> JsonResponse:
    """Return a refusal as the wire tells it, for an address that answers in JSON."""
    told: dict[str, Any] = {"code": error.code, "message": error.message}
    if error.retry_in is not None:
        told["retry_in"] = error.retry_in
    response = JsonResponse({"ok": False, "error": told}, status=_STATUS.get(error.code, HTTPStatus.BAD_REQUEST))
    if error.retry_in is not None:
        response["Retry-After"] = ceil(error.retry_in)
    return response
