"""Search as JSON: for the page, and for whoever writes a program with a session of theirs."""

from typing import Any

import msgspec
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from chat.actions.messages.searching import search_messages
from chat.domain.errors import ChatError, Code
from chat.web.errors import refused


@never_cache
@require_GET
def search(request: HttpRequest) -> JsonResponse:
    """Answer ?q=, with ?zone= (as Europe/Berlin) for its days and ?after= for the next page."""
    try:
        if request.user.pk is None:
            raise ChatError(Code.FORBIDDEN, gettext_lazy("Log in first."))
        asked = (request.GET.get(name, "") for name in ("q", "zone", "after"))
        found = search_messages(request.user.pk, *asked)
    except ChatError as error:
        return refused(error)
    told: dict[str, Any] = {
        "ok": True,
        "results": msgspec.to_builtins(found.page.hits),
        "rooms": msgspec.to_builtins(found.rooms),
        "unknown": found.unknown,
        "next": found.page.end,
    }
    return JsonResponse(told)
