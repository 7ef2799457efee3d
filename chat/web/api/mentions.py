"""What names or answers me, as JSON."""

import msgspec
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from accounts.signed_in import signed_in
from chat.actions.messages.mentions import mentions_of
from chat.domain.types import Author
from chat.web.errors import json_view


@never_cache
@json_view
def mentions(request: HttpRequest) -> JsonResponse:
    """Answer with the newest, or with those that come ?after= a page."""
    me = signed_in(request)
    page = mentions_of(Author(me.pk, me.handle, me.name), request.GET.get("after", ""))
    return JsonResponse({"ok": True, "mentions": msgspec.to_builtins(page.mentions), "next": page.end})
