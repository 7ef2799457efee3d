"""What names or answers me, as JSON."""

import msgspec
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.models import User
from chat.actions.messages.mentions import mentions_of
from chat.domain.errors import ChatError, Code
from chat.domain.types import Author
from chat.web.errors import refused


@never_cache
@require_GET
def mentions(request: HttpRequest) -> JsonResponse:
    """Answer with the newest, or with those that come ?after= a page."""
    try:
        me = request.user
        if not isinstance(me, User):
            raise ChatError(Code.FORBIDDEN, gettext_lazy("Log in first."))
        page = mentions_of(Author(me.pk, me.handle, me.name), request.GET.get("after", ""))
    except ChatError as error:
        return refused(error)
    return JsonResponse({"ok": True, "mentions": msgspec.to_builtins(page.mentions), "next": page.end})
