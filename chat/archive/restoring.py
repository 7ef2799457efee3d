"""What the archive holds of a room that Redis lost, as the live state needs it."""

import time
from collections.abc import Iterator, Sequence
from secrets import token_hex

from django.db import transaction

from bounds.pause import let_others_go_on
from chat.archive.warming import reaction_fields
from chat.domain.types import RoomId
from chat.live.messages.log import REMEMBER_CLIENT_ID_MS
from chat.live.recovery import Amendment, Sent
from chat.models import ArchivedEpoch, ArchiveState, Message

ROWS = 500
MOST_BYTES = 8 * 1024 * 1024
NEWEST_REVISIONS = 1_000


def raise_fences(room_ids: Sequence[RoomId]) -> dict[RoomId, ArchiveState]:
    """Refuse what archivers have taken from Redis so far and not written yet; return how far each room is archived."""
    if not room_ids:
        return {}
    fence = token_hex(6)
    there = set(ArchiveState.objects.filter(room_id__in=room_ids).values_list("room_id", flat=True))
    missing = [ArchiveState(room_id=room_id) for room_id in room_ids if room_id not in there]
    ArchiveState.objects.bulk_create(missing, ignore_conflicts=True)
    with transaction.atomic():
        # In one order, so that two processes that do this at once wait for each other instead of locking each other out.
        list(ArchiveState.objects.select_for_update().filter(room_id__in=room_ids).order_by("pk").values_list("pk"))
        ArchiveState.objects.filter(room_id__in=room_ids).update(fence=fence)
    return ArchiveState.objects.in_bulk(list(room_ids))


def ends_of(room_id: RoomId) -> dict[str, tuple[int, int]]:
    """Return how far each epoch is known to have come."""
    ends = ArchivedEpoch.objects.filter(room_id=room_id).order_by("pk")
    return {epoch: (seq, rev) for epoch, seq, rev in ends.values_list("epoch", "seq", "rev")}


def newest_messages(room_id: RoomId, above: int, upto: int, most: int) -> list[str]:
    """Return the newest messages above a seq as they were sent, in order and without a gap, as many as memory allows."""
    found: list[str] = []
    space = MOST_BYTES
    if above >= upto:
        return found
    for seq, payload in _newest_first(room_id, above, upto):
        space -= len(payload.encode())
        if len(found) >= most or space < 0 or seq != upto - len(found):
            break
        found.append(payload)
    return found[::-1]


def amendments(room_id: RoomId, floor: int) -> tuple[list[Amendment], int]:
    """Return what was changed of messages from `floor` on and what was changed last, and the rev above which that is all."""
    amended = Message.objects.filter(room_id=room_id, rev__gt=0).order_by("-rev")
    newest = list(amended.values_list("seq", "rev", "amendment", "reactions")[: NEWEST_REVISIONS + 1])
    complete_above = newest[NEWEST_REVISIONS][1] if len(newest) > NEWEST_REVISIONS else 0
    hot = amended.filter(seq__gte=floor, rev__lte=complete_above).values_list("seq", "rev", "amendment", "reactions")
    rows = [*newest[:NEWEST_REVISIONS], *(hot if complete_above else [])]
    return [Amendment(seq, rev, state, reaction_fields(reactions)) for seq, rev, state, reactions in rows], complete_above


def sent_lately(room_id: RoomId, above: int) -> Iterator[list[Sent]]:
    """Give, some at a time, the client ids above a seq that a resend must still be recognised by."""
    now = int(time.time() * 1000)
    before = None
    while True:
        messages = Message.objects.filter(room_id=room_id, seq__gt=above, sent_at__gt=now - REMEMBER_CLIENT_ID_MS)
        if before is not None:
            messages = messages.filter(seq__lt=before)
        rows = list(messages.order_by("-seq").values_list("author_id", "client_id", "seq", "sent_at")[:ROWS])
        yield [
            Sent(author, client_id, seq, max(0, now - sent_at))
            for author, client_id, seq, sent_at in rows
            if author and client_id
        ]
        if len(rows) < ROWS:
            return
        before = rows[-1][2]


def _newest_first(room_id: RoomId, above: int, upto: int) -> Iterator[tuple[int, str]]:
    before = upto + 1
    while True:
        messages = Message.objects.filter(room_id=room_id, seq__gt=above, seq__lt=before).order_by("-seq")
        rows = [(message.seq, message.payload) for message in messages.with_bylines()[:ROWS]]
        yield from rows
        if len(rows) < ROWS:
            return
        before = rows[-1][0]
        let_others_go_on()  # a large room takes a while
