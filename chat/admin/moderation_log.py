"""The moderation log: to read, to filter, to take away. Nothing here changes it; a purge can be undone from where it stands."""

import csv
from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy, ngettext

from accounts.models import User
from chat.actions.moderation import purging
from chat.admin.framework.filters import AuthorFilter, ModeratorFilter, RoomFilter
from chat.admin.framework.long_lists import LongListAdmin
from chat.admin.framework.panels import Cell, message_link, moment, person_link, room_link, words
from chat.admin.framework.screen_actions import ActingAdmin, ScreenAct
from chat.models import Message, ModerationLog

COLUMNS = ("at", "by", "action", "room", "whom", "message", "reason", "text before", "details")
ROWS_AT_ONCE = 500


def _bring_back(actor: User, entry: ModerationLog, _asked: dict[str, Any]) -> str:
    assert entry.room_id is not None
    done = purging.unpurge_messages(actor, entry.room_id, entry.pk)
    return ngettext("%(count)d message restored.", "%(count)d messages restored.", done.changed) % {"count": done.changed}


@admin.register(ModerationLog)
class ModerationLogAdmin(ActingAdmin, LongListAdmin):
    """Who did what to whom, where and why, the newest first."""

    change_list_template = "admin/chat/log_list.html"
    list_display = ("when", "who", "action", "whom", "where", "shown_reason")
    list_display_links = ("when",)
    list_filter = ("action", ModeratorFilter, AuthorFilter, RoomFilter)
    list_select_related = ("by", "user", "room")
    date_hierarchy = "at"
    search_fields = ("reason",)
    fields = ("when", "who", "action", "whom", "where", "message", "shown_reason", "before", "details")
    readonly_fields = fields
    acts = (
        ScreenAct(
            "unpurge",
            gettext_lazy("Restore the messages"),
            "chat.change_message",
            _bring_back,
            concerns=lambda entry: entry.action == ModerationLog.Action.PURGE,
            is_in_record=False,
        ),
    )

    def get_urls(self) -> list[URLPattern]:
        return [
            path("export/", self.admin_site.admin_view(self.export), name="chat_moderationlog_export"),
            *super().get_urls(),
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: ModerationLog | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ModerationLog | None = None) -> bool:
        return False

    def export(self, request: HttpRequest) -> HttpResponseBase:
        """Everything that the filters leave, as CSV."""
        if not self.has_view_permission(request):
            return self.changelist_view(request)
        entries = self.get_changelist_instance(request).get_queryset(request)
        reply = StreamingHttpResponse(_lines(entries), content_type="text/csv; charset=utf-8")
        reply["Content-Disposition"] = f'attachment; filename="moderation-log-{timezone.now():%Y-%m-%d}.csv"'
        return reply

    @admin.display(description=gettext_lazy("when"), ordering="pk")
    def when(self, entry: ModerationLog) -> str:
        return moment(entry.at)

    @admin.display(description=gettext_lazy("by"), ordering="by")
    def who(self, entry: ModerationLog) -> Cell:
        return person_link(entry.by, entry.by_id) if entry.by_id else "Parley"

    @admin.display(description=gettext_lazy("person"), ordering="user")
    def whom(self, entry: ModerationLog) -> Cell:
        return person_link(entry.user, entry.user_id)

    @admin.display(description=gettext_lazy("where"), ordering="room")
    def where(self, entry: ModerationLog) -> Cell:
        return room_link(entry.room, f"#{entry.room_id}" if entry.room_id else gettext("the whole site"))

    @admin.display(description=gettext_lazy("reason"))
    def shown_reason(self, entry: ModerationLog) -> SafeString:
        return words(entry.reason)

    @admin.display(description=gettext_lazy("text before"))
    def before(self, entry: ModerationLog) -> SafeString:
        return words(entry.text_before)

    @admin.display(description=gettext_lazy("message"))
    def message(self, entry: ModerationLog) -> Cell:
        found = Message.objects.filter(room=entry.room_id, seq=entry.seq).first() if entry.seq else None
        return message_link(found, str(entry.seq)) if found else entry.seq


class _Echo:
    """A file whose `write` hands back what is written."""

    def write(self, line: str) -> str:
        return line


def _lines(entries: QuerySet[ModerationLog]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow(COLUMNS)
    for entry in entries.select_related("by", "user", "room").iterator(ROWS_AT_ONCE):
        cells = (
            entry.at.isoformat(),
            entry.by.handle if entry.by else entry.by_id or "Parley",
            entry.action,
            str(entry.room) if entry.room else entry.room_id or gettext("the whole site"),
            entry.user.handle if entry.user else entry.user_id or "",
            entry.seq or "",
            entry.reason,
            entry.text_before,
            entry.details or "",
        )
        yield writer.writerow([_harmless(str(cell)) for cell in cells])


def _harmless(cell: str) -> str:
    """A spreadsheet runs what begins like a formula; with an apostrophe before it is text."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
