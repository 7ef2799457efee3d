"""Who is muted or banned in a room, for who moderates it."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404

from accounts.signed_in import signed_in
from chat.actions.moderation.sanctions import sanctions_for
from chat.models import Room, Sanction
from chat.web.api.moments import milliseconds
from chat.web.errors import json_view
from chat.web.person_facts import person_facts

SHOWN_AT_MOST = 500


@json_view
def sanctions(request: HttpRequest, slug: str) -> JsonResponse:
    """Return what holds here now, the site's sanctions of members among it; with ?user= all there ever was of one person."""
    room = get_object_or_404(Room, slug=slug)
    asked = request.GET.get("user", "")
    found = sanctions_for(signed_in(request), room.pk, int(asked) if asked.isdecimal() and len(asked) < 16 else None)
    rows = found.select_related("user", "by", "lifted_by")[:SHOWN_AT_MOST]
    return JsonResponse({"sanctions": [_told(sanction) for sanction in rows]})


def _told(sanction: Sanction) -> dict[str, Any]:
    return {
        "user": person_facts(sanction.user),
        "kind": sanction.kind,
        "whole_site": sanction.room_id is None,
        "reason": sanction.reason,
        "by": person_facts(sanction.by),
        "from": milliseconds(sanction.starts_at),
        "until": milliseconds(sanction.ends_at),
        "lifted_at": milliseconds(sanction.lifted_at),
        "lifted_by": person_facts(sanction.lifted_by),
    }
