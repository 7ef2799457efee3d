"""Reports: what people want moderators to look at, as it stood, and what became of it. Nobody sees those about themselves."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext, gettext_lazy

from accounts.models import User
from chat.actions.moderation import report_handling
from chat.actions.moderation.message_moderation import moderate_message
from chat.admin.framework.filters import RoomFilter, WriterFilter
from chat.admin.framework.long_lists import LongListAdmin
from chat.admin.framework.panels import Cell, Panel, message_link, moment, moment_ms, person_link, room_link, words
from chat.admin.framework.screen_actions import ActForm, ActingAdmin, ScreenAct, may_view
from chat.admin.sanctions import LengthFields, impose, state_of
from chat.models import Message, Report, Sanction
from chat.models.moderation.report import URGENCY
from chat.models.moderation.sanction import REASON_MAX_CHARS

SHORT_CHARS = 120
NEWEST = 10
DEEDS = [
    ("", gettext_lazy("nothing more")),
    ("delete", gettext_lazy("delete the message")),
    ("mute", gettext_lazy("mute its author in the room")),
    ("ban", gettext_lazy("ban its author from the room")),
    ("delete mute", gettext_lazy("delete the message and mute its author")),
    ("delete ban", gettext_lazy("delete the message and ban its author")),
]


class ResolveForm(LengthFields, ActForm):
    """What is done about it, why, and what who reported is told."""

    deed = forms.ChoiceField(label=gettext_lazy("Actions"), choices=DEEDS, required=False)
    reason = forms.CharField(
        max_length=REASON_MAX_CHARS, required=False, help_text=gettext_lazy("The author is notified if you take action.")
    )
    answer = forms.CharField(
        max_length=report_handling.ANSWER_MAX_CHARS,
        required=False,
        help_text=gettext_lazy("The reporter will see this answer."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ("deed", "length", "until", "reason", "answer")

    def clean(self) -> dict[str, Any] | None:
        asked = super().clean() or self.cleaned_data
        if asked.get("deed") and not asked.get("reason"):
            self.add_error("reason", gettext("Add a reason: the person will see it, and it is logged."))
        return asked


def _resolve(actor: User, report: Report, asked: dict[str, Any]) -> str:
    deeds = asked["deed"].split()
    for deed in deeds:
        _do(actor, report, deed, asked)
    outcome = str(dict(DEEDS)[asked["deed"]]) if deeds else ""
    report_handling.resolve_report(actor, report.pk, outcome, asked["answer"])
    return gettext("Resolved. The reporter has been notified.")


def _do(actor: User, report: Report, deed: str, asked: dict[str, Any]) -> None:
    if deed == "delete" and report.seq is not None:
        epoch = report.snapshot.get("epoch", "")
        moderate_message(actor, "delete", report.room_id, report.seq, asked["reason"], epoch)
    elif deed != "delete" and report.author_id is not None:
        impose(actor, deed, report.room_id, report.author_id, asked)  # type: ignore[arg-type]  # one of DEEDS


def _claim(actor: User, report: Report, _asked: dict[str, Any]) -> str:
    report_handling.claim_report(actor, report.pk)
    return gettext("You claimed this report.")


def _release(actor: User, report: Report, _asked: dict[str, Any]) -> str:
    report_handling.release_report(actor, report.pk)
    return gettext("Others can claim it again.")


def _send(actor: User, report: Report, _asked: dict[str, Any]) -> str:
    report_handling.send_held(actor, report.pk)
    return gettext("The message was sent.")


def _is_unresolved(report: Report) -> bool:
    return report.state != Report.State.RESOLVED


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
    acts = (
        ScreenAct("claim", gettext_lazy("Claim"), "chat.change_report", _claim, concerns=_is_unresolved),
        ScreenAct(
            "release",
            gettext_lazy("Unclaim"),
            "chat.change_report",
            _release,
            concerns=lambda report: report.state == Report.State.CLAIMED,
        ),
        ScreenAct(
            "send",
            gettext_lazy("Approve and send"),
            "chat.change_report",
            _send,
            concerns=lambda report: _is_unresolved(report) and report.source == Report.Source.HELD,
            is_in_record=False,
        ),
        ScreenAct(
            "resolve",
            gettext_lazy("Resolve"),
            "chat.change_report",
            _resolve,
            ResolveForm,
            concerns=_is_unresolved,
            is_in_record=False,
        ),
    )

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
        return words(Truncator(_text(report)).chars(SHORT_CHARS))

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
