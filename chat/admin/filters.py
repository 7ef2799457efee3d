"""Filters by room, person and day, for lists of messages and acts."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from accounts.models import User
from chat.admin.lists import InputFilter
from chat.models import Room

DAY = timedelta(days=1)


class RoomFilter(InputFilter):
    """By a room's name or address."""

    title = "room"
    parameter_name = "in"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        asked = (self.value() or "").removeprefix("#")
        if not asked:
            return queryset
        rooms = Room.objects.filter(Q(slug=asked) | Q(name__iexact=asked)).exclude(kind=Room.Kind.DIRECT)
        return queryset.filter(room__in=_known(request, rooms, f"There is no room called {asked}."))


class _HandleFilter(InputFilter):
    field = ""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        asked = (self.value() or "").removeprefix("@").lower()
        if not asked:
            return queryset
        people = User.objects.filter(handle=asked)
        return queryset.filter(**{f"{self.field}__in": _known(request, people, f"Nobody has the handle {asked}.")})


class AuthorFilter(_HandleFilter):
    """By the handle of whom it concerns."""

    title = "person's handle"
    parameter_name = "whom"
    field = "user"


class ModeratorFilter(_HandleFilter):
    """By the handle of who did it."""

    title = "by whom (handle)"
    parameter_name = "who"
    field = "by"


class WriterFilter(_HandleFilter):
    """By the handle of who wrote it."""

    title = "author's handle"
    parameter_name = "from"
    field = "author"


class _DayFilter(InputFilter):
    kind = "date"

    def day_in_ms(self, later: timedelta = timedelta()) -> int | None:
        """Return when the day that was asked for begins, or some time later; None for what is no day."""
        try:
            day = datetime.combine(date.fromisoformat(self.value() or ""), time(), UTC)
            return round((day + later).timestamp() * 1000)
        except (ValueError, OverflowError):
            return None


class SinceFilter(_DayFilter):
    """Sent on a day or later."""

    title = "since"
    parameter_name = "since"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        since = self.day_in_ms()
        return queryset if since is None else queryset.filter(sent_at__gte=since)


class UntilFilter(_DayFilter):
    """Sent on a day or before."""

    title = "until"
    parameter_name = "until"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        until = self.day_in_ms(DAY)
        return queryset if until is None else queryset.filter(sent_at__lt=until)


def _known(request: HttpRequest, found: QuerySet[Any], otherwise: str) -> list[int]:
    """By their numbers, so that the database has only one table to choose an index of."""
    ids = list(found.values_list("pk", flat=True))
    if not ids:
        messages.warning(request, otherwise)
    return ids
