"""Full-text search in the archive's screen, by the index that people's own search asks, over every room but the direct ones."""

from collections.abc import Collection

from django.contrib import messages
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from chat.admin.framework.filters import RoomFilter, SinceFilter, UntilFilter, WriterFilter, day_in_ms, rooms_called
from chat.archive.search.index import index_of
from chat.archive.search.query import Query, parse
from chat.archive.search.request import Wanted
from chat.domain.errors import ChatError
from chat.models import Message, Room

# Nobody looks through more; who has more hits asks for something rarer, or filters.
MOST = 500


def search(request: HttpRequest, queryset: QuerySet[Message], text: str) -> QuerySet[Message]:
    """Return the newest messages that have all the words in them, among those that the filters leave."""
    if request.GET.get("deleted__exact") == "1":
        return queryset.filter(pk__in=_deleted(queryset, text))
    query = parse(text, timezone.localdate())
    for problem in query.problems:
        messages.warning(request, problem)
    if query.problems or query.is_empty or (query.wordless and not query.phrases):
        return queryset.none()
    try:
        return queryset.filter(pk__in=index_of(connection).find(_wanted(request, query)).ids)
    except ChatError as error:
        messages.warning(request, error.message)
        return queryset.none()


def _deleted(queryset: QuerySet[Message], text: str) -> list[int]:
    """Not by the index, which knows nothing of deleted messages: they are few.

    What its author deleted is left out: nobody should guess it word by word.
    """
    found = queryset.filter(text__icontains=text).order_by("-pk")[:MOST]
    return [message.pk for message in found if not message.is_deleted_by_author]


def _wanted(request: HttpRequest, query: Query) -> Wanted:
    asked = request.GET.get
    rooms = _rooms([*query.rooms, *filter(None, [asked(RoomFilter.parameter_name)])])
    handles = [*query.authors, *filter(None, [asked(WriterFilter.parameter_name)])]
    since = day_in_ms(str(query.after) if query.after else asked(SinceFilter.parameter_name))
    until = day_in_ms(str(query.before)) if query.before else day_in_ms(asked(UntilFilter.parameter_name), days_later=1)
    return Wanted(
        query.phrases,
        rooms,
        _people(handles),
        query.traits,
        _people(query.mentioned),
        is_edited=query.is_edited,
        since=since,
        until=until,
        limit=MOST,
    )


def _rooms(names: Collection[str]) -> list[int]:
    if not names:
        return list(Room.objects.exclude(kind=Room.Kind.DIRECT).values_list("pk", flat=True))
    return [pk for name in names for pk in rooms_called(name).values_list("pk", flat=True)]


def _people(handles: Collection[str]) -> list[int]:
    if not handles:
        return []
    known = User.objects.filter(handle__in=[handle.removeprefix("@").lower() for handle in handles])
    # A person who is not there has written nothing and is not mentioned: nobody has the number 0.
    return list(known.values_list("pk", flat=True)) or [0]
