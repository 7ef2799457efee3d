"""How people come into a room, for who moderates it: links and requests."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404

from accounts.signed_in import signed_in
from chat.actions.rooms.invitations import invitations_for
from chat.actions.rooms.join_requests import requests_for, requests_of_my_rooms
from chat.models import Invitation, JoinRequest, Room
from chat.web.api.moments import milliseconds
from chat.web.errors import json_view
from chat.web.page_facts import room_facts
from chat.web.person_facts import person_facts

SHOWN_AT_MOST = 200


@json_view
def invitations(request: HttpRequest, slug: str) -> JsonResponse:
    """Return the links that are good; the links themselves are known to who made them."""
    room = get_object_or_404(Room, slug=slug)
    rows = invitations_for(signed_in(request), room.pk).select_related("by")[:SHOWN_AT_MOST]
    return JsonResponse({"invitations": [_invitation(each) for each in rows]})


@json_view
def requests(request: HttpRequest, slug: str) -> JsonResponse:
    """Return who asks to be let in, and whether the room lets them ask."""
    room = get_object_or_404(Room, slug=slug)
    rows = requests_for(signed_in(request), room.pk).select_related("user")[:SHOWN_AT_MOST]
    return JsonResponse({"takes_requests": room.takes_requests, "requests": [_request(each) for each in rows]})


@json_view
def my_requests(request: HttpRequest) -> JsonResponse:
    """Return who waits at the doors of all the rooms that one moderates."""
    found = requests_of_my_rooms(signed_in(request)).select_related("user", "room")[:SHOWN_AT_MOST]
    return JsonResponse({"requests": [_request(each) | {"room": room_facts(each.room)} for each in found]})


def _invitation(invitation: Invitation) -> dict[str, Any]:
    return {
        "id": invitation.pk,
        "by": person_facts(invitation.by),
        "uses": invitation.uses,
        "most_uses": invitation.most_uses,
        "created_at": milliseconds(invitation.created_at),
        "until": milliseconds(invitation.ends_at),
    }


def _request(request: JoinRequest) -> dict[str, Any]:
    return {"user": person_facts(request.user), "words": request.words, "created_at": milliseconds(request.created_at)}
