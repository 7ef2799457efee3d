"""The directory: find a room, join it, or open a new one."""

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chat.actions.join_requests import WORDS_MAX_CHARS
from chat.actions.previewing import glances
from chat.models import JoinRequest, Membership, Room
from chat.views.page import page_facts


@login_required
def directory(request: HttpRequest) -> HttpResponse:
    """List every room one may read; direct rooms are conversations and are not listed."""
    assert request.user.pk
    rooms = list(_listed(request.user.pk))
    for room, glance in zip(rooms, glances([room.pk for room in rooms]), strict=True):
        room.glance = glance  # type: ignore[attr-defined]  # for the template
    mine = set(Membership.objects.filter(user=request.user.pk).values_list("room_id", flat=True))
    live = [room for room in rooms if room.state != Room.State.ARCHIVED]
    doors = list(_doors(request.user.pk))
    counts = {
        "all": len(live) + len(doors),
        "new": sum(room.pk not in mine for room in live) + len(doors),
        "archived": len(rooms) - len(live),
    }
    context = {"page": page_facts(request), "rooms": rooms, "doors": doors, "counts": counts, "most_words": WORDS_MAX_CHARS}
    return render(request, "chat/directory.html", context)


def _doors(user_id: int) -> QuerySet[Room]:
    """Private rooms that let themselves be asked, and whether one has."""
    asked = JoinRequest.objects.filter(room=OuterRef("pk"), user=user_id, state=JoinRequest.State.OPEN)
    return Room.objects.doors_for(user_id).annotate(has_asked=Exists(asked)).order_by("name", "id")


def _listed(user_id: int) -> QuerySet[Room]:
    # Counted apart from the join that says whether one is a member, or each room would count itself only.
    members = Membership.objects.filter(room=OuterRef("pk")).order_by().values("room").annotate(people=Count("pk"))
    rooms = Room.objects.readable_by(user_id).exclude(kind=Room.Kind.DIRECT)
    return rooms.annotate(people=Coalesce(Subquery(members.values("people")), 0)).order_by("name", "id")
