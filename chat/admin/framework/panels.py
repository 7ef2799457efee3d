"""Tables below what a screen shows. Cells are texts, which the template escapes, or made by `format_html`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from accounts.models import User
from accounts.time_notation import in_notation
from chat.models import Message, Room

Cell = str | int | None


@dataclass(frozen=True)
class Panel:
    """A table with a title; `empty` stands in the place of rows. What a moderator needs at once `is_first`."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]] = field(default_factory=list)
    empty: str = ""
    more: SafeString | str = ""
    is_first: bool = False


def moment(at: datetime | None) -> str:
    """Return a time as everything in the admin says it, UTC."""
    return date_format(timezone.localtime(at), in_notation(gettext("d M Y, H:i"))) if at else "-"


def moment_ms(ms: int | None) -> str:
    """Return the same of milliseconds since 1970."""
    return moment(datetime.fromtimestamp(ms / 1000, UTC)) if ms else "-"


def words(text: str) -> SafeString:
    """Return what people wrote, in its own direction, as text and nothing else."""
    return format_html('<span class="words" dir="auto">{}</span>', text)


def text_shown(message: Message) -> str:
    """Return a message's text; what its author deleted is read with a reason alone, which is logged."""
    return gettext("(deleted by its author)") if message.is_deleted_by_author else message.text


def person_link(person: User | None, known_id: int | None = None) -> Cell:
    """Return a person by name, with the way to their screen; one who is gone by their number."""
    if person is None:
        return f"#{known_id}" if known_id else "-"
    return format_html('<a href="{}"><bdi>{}</bdi></a>', reverse("admin:accounts_user_change", args=[person.pk]), person)


def room_link(room: Room | None, otherwise: str = "") -> Cell:
    """Return a room by name with the way to its screen; a direct room has none."""
    if room is None:
        return otherwise or gettext("the whole site")
    if room.kind == Room.Kind.DIRECT:
        return gettext("a direct room")
    return format_html('<a href="{}"><bdi>{}</bdi></a>', reverse("admin:chat_room_change", args=[room.pk]), room)


def message_link(message: Message, text: str) -> SafeString:
    """Return the way to an archived message."""
    return format_html('<a href="{}">{}</a>', reverse("admin:chat_message_change", args=[message.pk]), text)
