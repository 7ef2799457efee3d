"""Search as JSON: for the page, and for whoever writes a program with a session of theirs."""

from typing import Any

import msgspec
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from accounts.signed_in import signed_in
from chat.actions.messages.searching import search_messages
from chat.web.errors import json_view


@never_cache
@json_view
def search(request: HttpRequest) -> JsonResponse:
    """Answer ?q=, with ?zone= (as Europe/Berlin) for its days and ?after= for the next page."""
    asked = (request.GET.get(name, "") for name in ("q", "zone", "after"))
    found = search_messages(signed_in(request).pk, *asked)
    told: dict[str, Any] = {
        "ok": True,
        "results": msgspec.to_builtins(found.page.hits),
        "rooms": msgspec.to_builtins(found.rooms),
        "unknown": found.unknown,
        "not_operators": found.not_operators,
        "next": found.page.end,
    }
    return JsonResponse(told)
