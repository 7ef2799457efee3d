"""What the record says of an erased person beside their messages."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from chat.domain.erased_message import erased_author
from chat.domain.types import UserId
from chat.models import Block, Departure, Invitation, JoinRequest, Mention, ModerationLog, Reply, Report

OUTCOME = "The account was erased."


def erase_records(user_id: UserId, deletes_messages: bool) -> None:
    """Delete what concerns them alone; of what moderators did, what is said about them by number stays."""
    Invitation.objects.filter(by=user_id).delete()
    Block.objects.filter(Q(blocker=user_id) | Q(blocked=user_id)).delete()
    Departure.objects.filter(asked_by=user_id).update(asked_by=None)
    for model in (Departure, JoinRequest, Mention, Reply):
        model._base_manager.filter(user=user_id).delete()
    _erase_snapshots(user_id, deletes_messages)
    # Texts of messages that moderators deleted. The database lets nothing else of the log be changed.
    ModerationLog.objects.filter(user=user_id).exclude(text_before="").update(text_before="")


def _erase_snapshots(user_id: UserId, deletes_messages: bool) -> None:
    author = erased_author(user_id)
    for report in Report.objects.filter(author=user_id).iterator(chunk_size=200):
        is_held = report.source == Report.Source.HELD
        report.snapshot |= {"author": {"id": author.id, "handle": author.handle, "name": author.name}}
        if deletes_messages or is_held:
            report.snapshot |= {"text": ""}
        if is_held and report.state in Report.UNRESOLVED:
            report.state, report.resolved_at, report.outcome = Report.State.RESOLVED, timezone.now(), OUTCOME
        with transaction.atomic():
            report.save(update_fields=["snapshot", "state", "resolved_at", "outcome"])
