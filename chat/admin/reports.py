"""Reports: what people want moderators to look at, as it stood, and what became of it. Nobody sees those about themselves."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from chat.admin.framework.filters import RoomFilter, WriterFilter
from chat.admin.framework.long_lists import LongListAdmin
from chat.admin.framework.panels import Cell, Panel, message_link, moment, moment_ms, person_link, room_link, words
from chat.admin.framework.screen_actions import ActingAdmin, may_view
from chat.admin.framework.shortening import shortened
from chat.admin.report_actions import REPORT_ACTS
from chat.admin.sanctions import state_of
from chat.models import Message, Report, Sanction
from chat.models.moderation.report import URGENCY

SHORT_CHARS = 120
NEWEST = 10


class QueueFilter(admin.SimpleListFilter):
    """What waits, unless something else is asked for."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*((str(value), str(label)) for value, label in Report.State.choices), ("all", gettext("all"))]

    def choices(self, changelist: Any) -> Any:
        waiting, *others = super().choices(changelist)
        yield waiting | {"display": gettext("open and claimed")}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Report]) -> QuerySet[Report]:
        if self.value() is None:
            return queryset.exclude(state=Report.State.RESOLVED)
        return queryset if self.value() == "all" else queryset.filter(state=self.value())


@admin.register(Report)
class ReportAdmin(ActingAdmin, LongListAdmin):
    """The queue: people's reports before those of the word list, of each the oldest first."""

    list_display = ("reported", "state", "where", "writer", "short_text", "reason_given", "count", "claimed")
    list_display_links = ("reported",)
    list_filter = (QueueFilter, "source", RoomFilter, WriterFilter)
    list_select_related = ("room", "author", "reporter", "claimed_by", "resolved_by")
    ordering = (URGENCY.asc(), "pk")
    fields = (
        "reported",
        "state",
        "source",
        "reason_given",
        "count",
        "by",
        "where",
        "writer",
        "claimed",
        "resolved",
        "outcome",
        "answered",
    )
    readonly_fields = fields
    acts = REPORT_ACTS

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        reports: QuerySet[Report] = super().get_queryset(request)
        return reports.exclude(author=request.user.pk)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Report | None = None) -> bool:
        """What was reported is never rewritten."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Report | None = None) -> bool:
        return False

    def panels(self, request: HttpRequest, about: Report) -> list[Panel]:
        sanctions = [_sanctions(about)] if may_view(request, Sanction) else []
        return [_snapshot(about), *sanctions, _others(about)]

    @admin.display(description=gettext_lazy("reported"), ordering="pk")
    def reported(self, report: Report) -> str:
        return moment(report.created_at)

    @admin.display(description=gettext_lazy("by"))
    def by(self, report: Report) -> Cell:
        return person_link(report.reporter) if report.reporter_id else report.get_source_display()

    @admin.display(description=gettext_lazy("room"))
    def where(self, report: Report) -> Cell:
        return room_link(report.room)

    @admin.display(description=gettext_lazy("about"))
    def writer(self, report: Report) -> Cell:
        return person_link(report.author, report.author_id)

    @admin.display(description=gettext_lazy("message"))
    def short_text(self, report: Report) -> SafeString:
        return words(shortened(_text(report), SHORT_CHARS))

    @admin.display(description=gettext_lazy("why"))
    def reason_given(self, report: Report) -> SafeString:
        return words(report.reason)

    @admin.display(description=gettext_lazy("claimed by"), ordering="claimed_by")
    def claimed(self, report: Report) -> Cell:
        return person_link(report.claimed_by)

    @admin.display(description=gettext_lazy("resolved"))
    def resolved(self, report: Report) -> str:
        return (
            gettext("{moment}, by {person}").format(moment=moment(report.resolved_at), person=report.resolved_by)
            if report.resolved_at
            else "-"
        )

    @admin.display(description=gettext_lazy("answer"))
    def answered(self, report: Report) -> SafeString:
        return words(report.answer)


def _text(report: Report) -> str:
    return str(report.snapshot.get("text", ""))


def _snapshot(report: Report) -> Panel:
    now = Message.objects.filter(room=report.room_id, seq=report.seq).first() if report.seq else None
    sent = moment_ms(report.snapshot.get("sent_at"))
    link = (
        message_link(now, gettext("The current message, and the messages around it"))
        if now and report.room.kind != "direct"
        else ""
    )
    return Panel(
        gettext("The message at the time"),
        (gettext("Sent"), gettext("Text")),
        [(sent, words(_text(report)))],
        more=link,
        is_first=True,
    )


def _sanctions(report: Report) -> Panel:
    theirs = Sanction.objects.filter(user=report.author_id).select_related("room", "by")[:NEWEST]
    rows = [
        (moment(one.starts_at), one.kind, room_link(one.room), state_of(one), words(one.reason), person_link(one.by))
        for one in theirs
    ]
    return Panel(
        gettext("Its author's sanctions"),
        (gettext("Since"), gettext("What"), gettext("Where"), gettext("State"), gettext("Why"), gettext("By")),
        rows,
        gettext("None ever."),
    )


def _others(report: Report) -> Panel:
    same = Report.objects.filter(room=report.room_id, seq=report.seq).exclude(pk=report.pk).select_related("reporter")
    rows = [(moment(one.created_at), person_link(one.reporter), words(one.reason), one.state) for one in same[:NEWEST]]
    return Panel(
        gettext("Other reports of it"),
        (gettext("When"), gettext("By"), gettext("Why"), gettext("State")),
        rows if report.seq else [],
        gettext("None."),
    )
