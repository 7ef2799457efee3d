"""Search as JSON: for the page, and for whoever writes a program with a session of theirs."""

from http import HTTPStatus
from math import ceil
from typing import Any

import msgspec
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from chat.actions.searching import search_messages
from chat.errors import ChatError, Code

_STATUS = {
    Code.RATE_LIMITED: HTTPStatus.TOO_MANY_REQUESTS,
    Code.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
    Code.FORBIDDEN: HTTPStatus.UNAUTHORIZED,
}


@never_cache
@require_GET
def search(request: HttpRequest) -> JsonResponse:
    """Answer ?q=, with ?zone= (as Europe/Berlin) for its days and ?after= for the next page."""
    try:
        if request.user.pk is None:
            raise ChatError(Code.FORBIDDEN, "Log in first.")
        asked = (request.GET.get(name, "") for name in ("q", "zone", "after"))
        found = search_messages(request.user.pk, *asked)
    except ChatError as error:
        return _refused(error)
    told: dict[str, Any] = {
        "ok": True,
        "results": msgspec.to_builtins(found.page.hits),
        "rooms": msgspec.to_builtins(found.rooms),
        "unknown": found.unknown,
        "next": found.page.end,
    }
    return JsonResponse(told)


def _refused(error: ChatError) -> JsonResponse:
    told: dict[str, Any] = {"code": error.code, "message": error.message}
    if error.retry_in is not None:
        told["retry_in"] = error.retry_in
    response = JsonResponse({"ok": False, "error": told}, status=_STATUS.get(error.code, HTTPStatus.BAD_REQUEST))
    if error.retry_in is not None:
        response["Retry-After"] = ceil(error.retry_in)
    return response
