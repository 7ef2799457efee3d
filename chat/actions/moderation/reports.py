"""Asking moderators to look at a message."""

import msgspec
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from chat.actions.actor import Person
from chat.actions.messages.sending import read_history
from chat.actions.moderation.moderation_log import required_reason
from chat.actions.notify import tell_of_report
from chat.domain.errors import bad_request, not_found
from chat.domain.protocol import History
from chat.domain.types import RoomId, UserId
from chat.models import Report


class _Reported(msgspec.Struct):
    class _Author(msgspec.Struct):
        id: UserId

    seq: int
    epoch: str
    author: _Author
    deleted: bool = False


def report_message(reporter: Person, room_id: RoomId, seq: int, reason: str, epoch: str = "") -> int:
    """Return the report of a message, with a copy of it as it stands now; the same for who reports it again.

    With its `epoch`, a message that got the number of a lost one is not reported in its place.
    Raises not_found, not_member, empty, too_long or bad_request.
    """
    reason = required_reason(reason)
    snapshot = _as_it_stands(reporter.id, room_id, seq, epoch)
    author = msgspec.json.decode(snapshot, type=_Reported).author.id
    if author == reporter.id:
        raise bad_request(gettext_lazy("That is your own message. Delete it instead."))
    known = _open_report(reporter.id, room_id, seq)
    if known is not None:
        return known
    report = Report(room_id=room_id, seq=seq, reporter_id=reporter.id, author_id=author, reason=reason)
    report.snapshot, report.room_then = msgspec.json.decode(snapshot), msgspec.to_builtins(report.room.facts())
    try:
        with transaction.atomic():
            report.save()
            tell_of_report(report)
    except IntegrityError:  # the same person pressed the button in two tabs
        return _open_report(reporter.id, room_id, seq) or 0
    return report.pk


def reports_by(reporter: Person) -> QuerySet[Report]:
    """Return what somebody reported, the newest first."""
    return Report.objects.filter(reporter=reporter.id, source=Report.Source.PERSON)


def _as_it_stands(user_id: UserId, room_id: RoomId, seq: int, epoch: str) -> bytes:
    """Whoever may read it may report it."""
    page = read_history(user_id, History(room_id, around=seq, limit=1))
    for message in page.messages:
        found = msgspec.json.decode(message, type=_Reported)
        if found.seq == seq and found.epoch == (epoch or found.epoch) and not found.deleted:
            return message
    raise not_found()


def _open_report(reporter_id: UserId, room_id: RoomId, seq: int) -> int | None:
    known = Report.objects.filter(room=room_id, seq=seq, reporter=reporter_id, state__in=Report.UNRESOLVED)
    return known.values_list("pk", flat=True).first()
