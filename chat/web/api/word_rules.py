"""A room's word list, for who moderates it."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404

from accounts.signed_in import signed_in
from chat.actions.moderation.word_rules import rules_for
from chat.models import Room, WordRule
from chat.web.errors import json_view


@json_view
def words(request: HttpRequest, slug: str) -> JsonResponse:
    """Return the room's own rules, and those of the whole site that hold here, too."""
    room = get_object_or_404(Room, slug=slug)
    rules = rules_for(signed_in(request), room.pk)
    return JsonResponse({"words": [_told(rule) for rule in rules]})


def _told(rule: WordRule) -> dict[str, Any]:
    return {"kind": rule.kind, "pattern": rule.pattern, "effect": rule.effect, "whole_site": rule.room_id is None}
