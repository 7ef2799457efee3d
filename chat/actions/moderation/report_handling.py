"""What moderators do with reports. Nobody sees those about themselves."""

from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from chat.actions.actor import Person
from chat.actions.authorization import authorise, moderated_rooms
from chat.actions.messages.sending import send_approved
from chat.actions.moderation.moderation_log import record_act
from chat.actions.notify import tell_of_report, tell_people
from chat.domain.errors import ChatError, Code, bad_request, conflict, not_found
from chat.domain.policy import Act
from chat.domain.protocol import Send, ServerEvent
from chat.domain.text import clean_line
from chat.domain.types import Author, RoomId
from chat.models import ModerationLog, Report
from chat.models.moderation.report import ReportQuerySet

OUTCOME_MAX_CHARS = 200
ANSWER_MAX_CHARS = 500
PAGE = 50


class ReportPage(NamedTuple):
    """Some reports in order; `end`, where there may be more, is what the next page comes after."""

    reports: list[Report]
    end: str


def reports_for(actor: Person, room_id: RoomId) -> ReportQuerySet:
    """Return a room's reports; raises not_found, not_member or forbidden."""
    authorise(actor, Act.HANDLE_REPORT, room_id, only_reads=True)
    return Report.objects.filter(room=room_id).exclude(author=actor.id)


def reports_of_my_rooms(actor: Person) -> ReportQuerySet:
    """Return the reports of all the rooms that one moderates, staff of every room."""
    return Report.objects.filter(room__in=moderated_rooms(actor, Act.HANDLE_REPORT)).exclude(author=actor.id)


def page_of(reports: ReportQuerySet, after: str = "", resolved: bool = False) -> ReportPage:
    """Return a page of those that wait, people's before the word list's, or of the resolved; the newest of each first.

    Raises bad_request for a wrong `after`.
    """
    if resolved:
        found = reports.filter(state=Report.State.RESOLVED).newest_first()
    else:
        found = reports.filter(state__in=Report.UNRESOLVED).most_urgent_first()
    if after:
        found = found.after(*_place(after))
    rows = list(found.select_related("room", "reporter", "author", "claimed_by", "resolved_by")[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return ReportPage(rows[:PAGE], f"{last.urgency}-{last.pk}" if last else "")  # type: ignore[attr-defined]  # annotated


def claim_report(actor: Person, report_id: int) -> None:
    """Say that one looks into it; whoever had claimed it before has not any more."""
    with transaction.atomic():
        report = _unresolved(actor, report_id)
        report.state, report.claimed_by_id = Report.State.CLAIMED, actor.id
        _keep(actor, report, ModerationLog.Action.CLAIM)


def release_report(actor: Person, report_id: int) -> None:
    """Leave it to others."""
    with transaction.atomic():
        report = _unresolved(actor, report_id)
        report.state, report.claimed_by_id = Report.State.OPEN, None
        _keep(actor, report, ModerationLog.Action.RELEASE)


def resolve_report(actor: Person, report_id: int, outcome: str = "", answer: str = "") -> None:
    """Close it: `outcome` is what was done, for moderators; `answer` is for who reported. A held message is then declined."""
    outcome, answer = clean_line(outcome, OUTCOME_MAX_CHARS), clean_line(answer, ANSWER_MAX_CHARS)
    with transaction.atomic():
        report = _unresolved(actor, report_id)
        report.state, report.resolved_by_id, report.resolved_at = Report.State.RESOLVED, actor.id, timezone.now()
        report.outcome, report.answer = outcome, answer
        _keep(actor, report, ModerationLog.Action.RESOLVE)
        told = {"room": report.room_id, "report": report.pk, "seq": report.seq, "state": report.state, "answer": answer}
        tell_people([report.reporter_id], ServerEvent.REPORT, told)
        if report.source == Report.Source.HELD:
            declined = {"room": report.room_id, "client_id": report.snapshot["client_id"], "answer": answer}
            tell_people([report.author_id], ServerEvent.DECLINED, declined)


def send_held(actor: Person, report_id: int) -> None:
    """Agree to a held message: it is sent as its author's, and the report is resolved."""
    held = _unresolved(actor, report_id)
    if held.source != Report.Source.HELD or held.author is None:
        raise bad_request(gettext_lazy("That message is not waiting for approval."))
    author = Author(held.author.pk, held.author.handle, held.author.name)
    facts = {name: held.snapshot[name] for name in ("client_id", "text", "reply_to")}
    # Not within a transaction, which would wait for Redis. Two who agree at once send it once: it has one client id.
    accepted = send_approved(author, Send(held.room_id, **facts))
    with transaction.atomic():
        report = _unresolved(actor, report_id)
        report.state, report.resolved_by_id, report.resolved_at = Report.State.RESOLVED, actor.id, timezone.now()
        report.seq, report.outcome = accepted.seq, "sent"
        _keep(actor, report, ModerationLog.Action.RESOLVE)


def _place(after: str) -> tuple[int, int]:
    urgency, _, pk = after.partition("-")
    if len(after) <= 20 and all(part.isascii() and part.isdigit() for part in (urgency, pk)):
        return int(urgency), int(pk)
    raise bad_request(gettext_lazy("There is no such page."))


def _unresolved(actor: Person, report_id: int) -> Report:
    """The report, locked until the transaction ends; to who may not handle it there is none."""
    reports = Report.objects.select_related("author").select_for_update(of=["self"])
    report = reports.filter(pk=report_id).exclude(author=actor.id).first()
    if report is None:
        raise not_found()
    try:
        authorise(actor, Act.HANDLE_REPORT, report.room_id)
    except ChatError as error:
        # Who is muted may see it, and is told why they cannot answer.
        raise error if error.code is Code.MUTED else not_found() from None
    if report.state == Report.State.RESOLVED:
        raise conflict(gettext_lazy("This report has already been resolved."))
    return report


def _keep(actor: Person, report: Report, action: ModerationLog.Action) -> None:
    report.save()
    details: dict[str, Any] = {"report": report.pk, "answer": report.answer or None}
    record_act(action, actor.id, report.room_id, report.author_id, report.outcome, report.seq, **details)
    tell_of_report(report)
