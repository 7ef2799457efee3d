"""Filters by room, person and day, for lists of messages and acts."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

from accounts.models import User
from chat.admin.framework.long_lists import InputFilter
from chat.models import Room


class RoomFilter(InputFilter):
    """By a room's name or address."""

    title = gettext_lazy("room")
    parameter_name = "in"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        asked = (self.value() or "").removeprefix("#")
        if not asked:
            return queryset
        return queryset.filter(
            room__in=_known(request, rooms_called(asked), gettext("There is no room {name}.").format(name=asked))
        )


class _HandleFilter(InputFilter):
    field = ""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        asked = (self.value() or "").removeprefix("@").lower()
        if not asked:
            return queryset
        people = User.objects.filter(handle=asked)
        return queryset.filter(
            **{f"{self.field}__in": _known(request, people, gettext("Nobody has the handle {handle}.").format(handle=asked))}
        )


class AuthorFilter(_HandleFilter):
    """By the handle of whom it concerns."""

    title = gettext_lazy("person's handle")
    parameter_name = "whom"
    field = "user"


class ModeratorFilter(_HandleFilter):
    """By the handle of who did it."""

    title = gettext_lazy("by (handle)")
    parameter_name = "who"
    field = "by"


class WriterFilter(_HandleFilter):
    """By the handle of who wrote it."""

    title = gettext_lazy("author's handle")
    parameter_name = "from"
    field = "author"


class SinceFilter(InputFilter):
    """Sent on a day or later."""

    kind = "date"
    title = gettext_lazy("since")
    parameter_name = "since"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        since = day_in_ms(self.value())
        return queryset if since is None else queryset.filter(sent_at__gte=since)


class UntilFilter(InputFilter):
    """Sent on a day or before."""

    kind = "date"
    title = gettext_lazy("until")
    parameter_name = "until"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        until = day_in_ms(self.value(), days_later=1)
        return queryset if until is None else queryset.filter(sent_at__lt=until)


def rooms_called(text: str) -> QuerySet[Room]:
    """Return the rooms that have this name or address; direct ones have none."""
    name = text.removeprefix("#")
    return Room.objects.filter(Q(slug=name) | Q(name__iexact=name)).exclude(kind=Room.Kind.DIRECT)


def day_in_ms(text: str | None, days_later: int = 0) -> int | None:
    """Return when a day begins, or one some days later; None for what is no day."""
    try:
        day = datetime.combine(date.fromisoformat(text or ""), time(), UTC)
        return round((day + timedelta(days=days_later)).timestamp() * 1000)
    except (ValueError, OverflowError):
        return None


def _known(request: HttpRequest, found: QuerySet[Any], otherwise: str) -> list[int]:
    """By their numbers, so that the database has only one table to choose an index of."""
    ids = list(found.values_list("pk", flat=True))
    if not ids:
        messages.warning(request, otherwise)
    return ids
