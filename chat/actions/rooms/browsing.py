"""The directory's rooms: found by words in SQL, counted, and read a page at a time."""

from typing import NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, Q

from chat.actions.rooms.previewing import glances
from chat.archive.long_reads import off_the_loop
from chat.domain.text import fold
from chat.domain.types import UserId
from chat.models import JoinRequest, Membership, Room
from chat.models.rooms.room import NAME_MAX_CHARS, RoomQuerySet

# What takes most of the time is to fill the template with them.
ROWS = 30
QUERY_MAX_CHARS = 2 * NAME_MAX_CHARS
WORDS_MOST = 10
# That the switcher shows below one's own rooms.
JOINABLE = 5

_OPEN = ~Q(state=Room.State.ARCHIVED)
# What the directory can show.
SHOWN = {"all": _OPEN, "new": _OPEN & Q(is_mine=False), "archived": ~_OPEN}


class Listing(NamedTuple):
    """A page of rooms, and how many fit the same words in each of SHOWN."""

    page: "Page[Room]"
    counts: dict[str, int]


def list_rooms(user_id: UserId, query: str, show: str, number: str) -> Listing:
    """Return page `number` of the rooms that have all words of the query; the nearest page where there is no such one."""
    rooms = _with_words(user_id, query)
    with off_the_loop():
        counts = rooms.aggregate(**{name: Count("pk", filter=condition) for name, condition in SHOWN.items()})
        pages = Paginator(_in_order(rooms.filter(SHOWN[show]), user_id), ROWS)
        pages.count = counts[show]  # counted already
        page = pages.get_page(number)
        page.object_list = list(page.object_list)
    _add_what_is_known(page.object_list)
    return Listing(page, counts)


def joinable(user_id: UserId, query: str) -> list[Room]:
    """Return a few public rooms that have all words of the query, that one can join and is not in; by name."""
    rooms = _with_words(user_id, query).filter(SHOWN["new"], kind=Room.Kind.PUBLIC)
    with off_the_loop():
        return list(rooms.order_by("folded_name", "id")[:JOINABLE])


def _with_words(user_id: UserId, query: str) -> RoomQuerySet:
    words = fold(query[:QUERY_MAX_CHARS].replace("\x00", ""), QUERY_MAX_CHARS).split()[:WORDS_MOST]
    return Room.objects.listed_for(user_id).with_words(words)


def _in_order(rooms: RoomQuerySet, user_id: UserId) -> RoomQuerySet:
    asked = JoinRequest.objects.filter(room=OuterRef("pk"), user=user_id, state=JoinRequest.State.OPEN)
    return rooms.annotate(has_asked=Exists(asked)).order_by(F("is_door"), "folded_name", "id")


def _add_what_is_known(rooms: list[Room]) -> None:
    """Tell the template how many people are in each room, and what goes on there."""
    ids = [room.pk for room in rooms]
    counted = Membership.objects.filter(room__in=ids).order_by().values_list("room").annotate(Count("pk"))
    people: dict[int, int] = dict(counted)
    for room, glance in zip(rooms, glances(ids), strict=True):
        room.people, room.glance = people.get(room.pk, 0), glance  # type: ignore[attr-defined]  # for the template
