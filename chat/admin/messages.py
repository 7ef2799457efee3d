"""The archive: what was said in all rooms but the direct ones, to find, to see in its place, to delete and to restore."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from accounts.models import User
from accounts.signed_in import signed_in
from chat.actions.moderation.message_moderation import Action, moderate_message, read_deleted
from chat.actions.moderation.moderation_log import required_reason
from chat.admin.framework.filters import RoomFilter, SinceFilter, UntilFilter, WriterFilter
from chat.admin.framework.long_lists import PER_PAGE, LongListAdmin, ReasonActionForm
from chat.admin.framework.panels import Cell, Panel, message_link, moment_ms, person_link, room_link, text_shown, words
from chat.admin.framework.screen_actions import ActingAdmin, ReasonForm, ScreenAct
from chat.admin.framework.shortening import shortened
from chat.admin.framework.through_actions import ThroughActionsAdmin
from chat.admin.message_search import search
from chat.archive.long_reads import ids_of, off_the_loop
from chat.archive.message_view import as_they_stand
from chat.domain.errors import ChatError, Words
from chat.models import Message, Room

CONTEXT = 8
SHORT_CHARS = 200
# Each is an act of its own, in the log and in Redis; whoever wants more purges.
MOST_AT_ONCE = 500


class MessageList(ChangeList):
    """The archive is a second behind: what was deleted or restored just now is asked of the live rooms."""

    def get_results(self, request: HttpRequest) -> None:
        with off_the_loop():
            super().get_results(request)
            ids = ids_of(self.result_list, PER_PAGE)
        found = self.root_queryset.select_related("room", "author").in_bulk(ids)
        self.result_list = as_they_stand(found[pk] for pk in ids if pk in found)


def _moderate(action: Action, done: Words) -> Any:
    def run(actor: User, message: Message, asked: dict[str, Any]) -> str:
        moderate_message(actor, action, message.room_id, message.seq, asked["reason"])
        return str(done)

    return run


def _read(actor: User, message: Message, asked: dict[str, Any]) -> str:
    return gettext("The text was: {text}").format(text=read_deleted(actor, message.room_id, message.seq, asked["reason"]))


# What may hold the text of a message that its author deleted.
HIDDEN = ("text", "rest", "amendment")


@admin.register(Message)
class MessageAdmin(ActingAdmin, LongListAdmin, ThroughActionsAdmin):
    """Messages, the newest first; of one room in its own order."""

    action_form = ReasonActionForm
    list_display = ("sent", "where", "writer", "short_text", "state")
    list_display_links = ("sent",)
    list_filter = ("deleted", RoomFilter, WriterFilter, SinceFilter, UntilFilter)
    list_select_related = ("room", "author")
    search_fields = ("text",)
    search_help_text = gettext_lazy(
        'Words, a "phrase", from:handle, in:room, after:2026-11-01, before:2026-11-24; the newest 500 hits.'
    )
    fields = ("sent", "where", "seq", "writer", "whole_text", "state")
    readonly_fields = fields
    actions = ("delete_messages", "restore_messages")
    acts = (
        ScreenAct(
            "delete",
            gettext_lazy("Delete"),
            "chat.change_message",
            _moderate("delete", gettext_lazy("The message was deleted for everyone.")),
            ReasonForm,
            concerns=lambda message: message.author_id is not None and not message.deleted,
            destroys=True,
            is_in_record=False,
        ),
        ScreenAct(
            "restore",
            gettext_lazy("Restore"),
            "chat.change_message",
            _moderate("restore", gettext_lazy("The message was restored for everyone.")),
            ReasonForm,
            concerns=lambda message: message.deleted,
            is_in_record=False,
        ),
        ScreenAct(
            "read",
            gettext_lazy("Read what its author deleted"),
            "chat.change_message",
            _read,
            ReasonForm,
            concerns=lambda message: message.is_deleted_by_author,
            is_in_record=False,
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        direct = Room.objects.filter(kind=Room.Kind.DIRECT)
        return super().get_queryset(request).exclude(room__in=direct)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Not by what the list hides: a question by the beginning of a text would tell what its author deleted."""
        return lookup.partition("__")[0] not in HIDDEN and super().lookup_allowed(lookup, value, request)  # type: ignore[arg-type]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Message], search_term: str
    ) -> tuple[QuerySet[Message], bool]:
        return (search(request, queryset, search_term) if search_term else queryset), False

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """By whatever has an index under the filters that are set."""
        asked = request.GET
        if asked.get("deleted__exact") == "1":
            return ("-pk",)
        if asked.get(RoomFilter.parameter_name):
            return ("-seq",)
        return ("-sent_at", "-pk")

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Message | None:
        found = super().get_object(request, object_id, from_field)
        return as_they_stand([found])[0] if found else None

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return MessageList

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        """In the list one deletes and restores; what somebody said is never rewritten."""
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        return False

    def panels(self, request: HttpRequest, about: Message) -> list[Panel]:
        around = Message.objects.filter(room=about.room_id).select_related("author")
        before = list(around.filter(seq__lt=about.seq).order_by("-seq")[:CONTEXT])[::-1]
        after = list(around.filter(seq__gt=about.seq).order_by("seq")[:CONTEXT])
        rows = [self._row(message, about) for message in as_they_stand([*before, about, *after])]
        return [Panel(gettext("Around it"), (gettext("Sent"), gettext("Author"), gettext("Text"), gettext("State")), rows)]

    @admin.action(description=gettext_lazy("Delete, with the reason beside"), permissions=["change"])
    def delete_messages(self, request: HttpRequest, queryset: QuerySet[Message]) -> None:
        self._moderate_each(request, queryset, "delete", gettext("deleted for everyone"))

    @admin.action(description=gettext_lazy("Restore"), permissions=["change"])
    def restore_messages(self, request: HttpRequest, queryset: QuerySet[Message]) -> None:
        self._moderate_each(request, queryset, "restore", gettext("restored for everyone"))

    @admin.display(description=gettext_lazy("sent"), ordering="sent_at")
    def sent(self, message: Message) -> str:
        return moment_ms(message.sent_at)

    @admin.display(description=gettext_lazy("room"))
    def where(self, message: Message) -> Cell:
        return room_link(message.room)

    @admin.display(description=gettext_lazy("author"))
    def writer(self, message: Message) -> Cell:
        return person_link(message.author, message.author_id)

    @admin.display(description=gettext_lazy("text"))
    def short_text(self, message: Message) -> SafeString:
        return words(shortened(text_shown(message), SHORT_CHARS))

    @admin.display(description=gettext_lazy("text"))
    def whole_text(self, message: Message) -> SafeString:
        return words(text_shown(message))

    @admin.display(description=gettext_lazy("state"), ordering="deleted")
    def state(self, message: Message) -> str:
        return gettext("deleted") if message.deleted else gettext("edited") if '"edited_at"' in message.amendment else "-"

    def _row(self, message: Message, about: Message) -> tuple[Cell, ...]:
        sent = moment_ms(message.sent_at)
        link = format_html("<strong>{}</strong>", sent) if message.pk == about.pk else message_link(message, sent)
        text = words(shortened(text_shown(message), SHORT_CHARS))
        return link, person_link(message.author, message.author_id), text, self.state(message)

    def _moderate_each(self, request: HttpRequest, queryset: QuerySet[Message], action: Action, done: Words) -> None:
        actor = signed_in(request)
        try:
            reason = required_reason(request.POST.get("reason", ""))
        except ChatError as error:
            self.message_user(request, error.message, "ERROR")
            return
        chosen = queryset[:MOST_AT_ONCE]
        self.do_to_each(request, chosen, lambda one: moderate_message(actor, action, one.room_id, one.seq, reason), done)
