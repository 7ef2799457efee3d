"""Whether what somebody writes may be shown: by how new they are here, and by the room's word list."""

import math
import time
from collections.abc import Mapping

from django.conf import settings
from django.db import connections as databases
from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy, ngettext_lazy

from accounts.models import User
from accounts.server_settings import known
from chat.actions import limits
from chat.actions.notify import tell_of_report
from chat.domain.errors import ChatError, Code, forbidden
from chat.domain.protocol import Send
from chat.domain.types import RoomId, UserId
from chat.domain.word_filter import Judgement, count_links, count_mentions
from chat.models import Report, Room

# How far the clocks of several processes may be apart.
CLOCK_SKEW_SECONDS = 5

_TOO_MANY_LINKS = ngettext_lazy(
    "New members can post %(most)d link per message. This limit ends in %(minutes)d min.",
    "New members can post %(most)d links per message. This limit ends in %(minutes)d min.",
    "most",
)
_TOO_MANY_MENTIONS = ngettext_lazy(
    "New members can mention %(most)d person per message. This limit ends in %(minutes)d min.",
    "New members can mention %(most)d people per message. This limit ends in %(minutes)d min.",
    "most",
)


def newcomer_until(user: User) -> float:
    """Return when somebody stops being new here, in seconds since 1970; 0 if they are not, were invited, or are staff."""
    if user.is_staff or user.new_since is None:
        return 0
    until: float = user.new_since.timestamp() + 60 * known("newcomer_minutes")
    return 0 if until <= time.time() else until


def screen_newcomer(text: str, newcomer_until: float) -> None:
    """Raise forbidden where somebody who is new here, until then (seconds since 1970), links to or names too many."""
    seconds = newcomer_until - time.time()
    # With a clock that was set back an end is further away than the time lasts; that much is over.
    if not 0 < seconds <= 60 * known("newcomer_minutes") + CLOCK_SKEW_SECONDS:
        return
    for count, most, words in (
        (count_links(text, settings.ORIGINS), known("newcomer_links"), _TOO_MANY_LINKS),
        (count_mentions(text), known("newcomer_mentions"), _TOO_MANY_MENTIONS),
    ):
        if count > most:  # only now: filling in the numbers translates, which takes longer than all else that a message meets
            raise ChatError(Code.FORBIDDEN, words % {"most": most, "minutes": math.ceil(seconds / 60)}, retry_in=round(seconds))


def unwelcome(judgement: Judgement) -> ChatError:
    """Return what somebody is told whose text the word list refuses."""
    return forbidden(
        format_lazy(
            gettext_lazy("“{pattern}” is not welcome in this room. Change it, then send it again."), pattern=judgement.pattern
        )
    )


def hold(user_id: UserId, request: Send, judgement: Judgement) -> ChatError:
    """Keep a message until a moderator agrees to it; return what its author is told. Twice the same is kept once."""
    try:
        if not _is_held(user_id, request):
            limits.spend(user_id, "held")
            facts = {"text": request.text.strip(), "client_id": request.client_id, "reply_to": request.reply_to}
            _report(user_id, request.room, None, judgement, facts)
        return ChatError(Code.HELD)
    except ChatError as error:
        return error
    finally:
        databases.close_all()


def flag(user_id: UserId, room_id: RoomId, seq: int, text: str, judgement: Judgement) -> None:
    """Let moderators look at a message that everybody sees already; one open report for each author and rule counts them."""
    try:
        with transaction.atomic():
            # Two hits at once, in two processes, wait for each other.
            Room.objects.select_for_update().get(pk=room_id)
            if not _count_up(user_id, room_id, seq, text, judgement):
                _report(user_id, room_id, seq, judgement, {"text": text, "seq": seq})
    finally:
        databases.close_all()


def _is_held(user_id: UserId, request: Send) -> bool:
    held = Report.objects.filter(room=request.room, author=user_id, source=Report.Source.HELD, state__in=Report.UNRESOLVED)
    return any(snapshot["client_id"] == request.client_id for snapshot in held.values_list("snapshot", flat=True))


def _count_up(user_id: UserId, room_id: RoomId, seq: int, text: str, judgement: Judgement) -> bool:
    """Whether the rule has an open report of this author, which now shows this message."""
    flagged = Report.objects.filter(room=room_id, author=user_id, source=Report.Source.FLAGGED, reason=_reason(judgement))
    report = flagged.filter(state__in=Report.UNRESOLVED).order_by("pk").first()
    if report is None:
        return False
    # Of messages that were sent together the later one may be here first.
    if seq > (report.seq or 0):
        report.seq, report.snapshot = seq, report.snapshot | {"text": text, "seq": seq}
    report.count += 1
    report.save(update_fields=["seq", "snapshot", "count"])
    tell_of_report(report)
    return True


def _reason(judgement: Judgement) -> str:
    return f"Word list: {judgement.pattern}"


def _report(user_id: UserId, room_id: RoomId, seq: int | None, judgement: Judgement, facts: Mapping[str, object]) -> None:
    author = User.objects.values("id", "handle", "name").get(pk=user_id)
    with transaction.atomic():
        report = Report.objects.create(
            room_id=room_id,
            seq=seq,
            source=Report.Source.HELD if seq is None else Report.Source.FLAGGED,
            author_id=user_id,
            reason=_reason(judgement),
            snapshot={"room": room_id, "author": author, **facts},
        )
        tell_of_report(report)
