"""Searching all that one may read."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from chat.actions import limits
from chat.actions.concurrency import Turnstile
from chat.archive.search.hits import Hits, find_messages
from chat.archive.search.query import Query, parse
from chat.archive.search.request import Wanted
from chat.domain.errors import ChatError, Code, Words, bad_request
from chat.domain.text import fold
from chat.domain.types import RoomFacts, UserId
from chat.models import Room
from chat.models.rooms.room import FOLDED_MAX_CHARS

AT_ONCE, EACH, PATIENCE_SECONDS = 8, 2, 2.0

_turnstile = Turnstile(AT_ONCE, EACH, PATIENCE_SECONDS)


@dataclass(frozen=True)
class Results:
    """A page of hits, the rooms that they are in, what of the query names nothing that one can see, and what is no operator."""

    page: Hits
    rooms: list[RoomFacts]
    unknown: list[str]
    not_operators: list[str]


def search_messages(user_id: UserId, text: str, zone: str = "", after: str = "") -> Results:
    """Return a page of what is asked for, about a second behind what is written; `zone` says when the person's days begin.

    Raises bad_request, empty, rate_limited or unavailable.
    """
    query = parse(text, datetime.now(_zone(zone)).date())
    if query.problems:
        raise bad_request(query.problems[0])
    if query.wordless and not query.phrases:
        raise ChatError(Code.EMPTY, _nothing_in(query.wordless[0]))
    if query.is_empty:
        raise ChatError(Code.EMPTY, gettext_lazy("Enter what to search for."))
    limits.spend(user_id, "searches")
    with _turnstile.admit(user_id):
        wanted, unknown = _resolve(user_id, query, zone)
        page = Hits([], "") if unknown or not wanted.rooms else find_messages(replace(wanted, after=after))
    rooms = Room.objects.in_bulk({hit.room for hit in page.hits})
    return Results(page, [room.facts() for room in rooms.values()], unknown, query.not_operators)


def _nothing_in(typed: str) -> Words:
    message = gettext_lazy("There is nothing to search for in “{typed}”. Use words, numbers, or symbols such as → and ⭐.")
    return format_lazy(message, typed=typed)


def _resolve(user_id: UserId, query: Query, zone: str) -> tuple[Wanted, list[str]]:
    """What is asked for by numbers. A room that one may not see is as unknown as one that is not there."""
    readable = Room.objects.readable_by(user_id)
    folded = {name: fold(name, FOLDED_MAX_CHARS) or name for name in query.rooms}
    if query.rooms:
        readable = readable.filter(Q(slug__in=query.rooms) | Q(folded_name__in=folded.values()))
    rooms = list(readable.order_by().values_list("slug", "folded_name", "pk"))
    known = {name for slug, folded_name, _ in rooms for name in (slug, folded_name)}
    people = dict(get_user_model().objects.filter(handle__in=query.authors + query.mentioned).values_list("handle", "pk"))
    people["me"] = user_id
    unknown = [f"in:{name}" for name in query.rooms if known.isdisjoint((name, folded[name]))]
    unknown += [f"from:{handle}" for handle in query.authors if handle not in people]
    unknown += [f"mentions:{handle}" for handle in query.mentioned if handle not in people]
    wanted = Wanted(
        query.phrases,
        [room_id for _, _, room_id in rooms],
        [people[handle] for handle in query.authors if handle in people],
        query.traits,
        [people[handle] for handle in query.mentioned if handle in people],
        "me" in query.mentioned,
        query.is_edited,
        _begin(query.after, zone),
        _begin(query.before, zone),
    )
    return wanted, unknown


def _begin(day: date | None, zone: str) -> int | None:
    """When the day begins where the person is, in ms since 1970; in UTC where that is not known."""
    if day is None:
        return None
    return max(0, round(datetime(day.year, day.month, day.day, tzinfo=_zone(zone)).timestamp() * 1000))


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # not a zone, or one that this machine does not know
        return UTC
