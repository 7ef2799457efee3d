"""Purging what somebody wrote in a room, the last hour, day or everything, and bringing it back; each in one act."""

from collections.abc import Sequence
from datetime import timedelta
from secrets import token_hex
from typing import NamedTuple

import msgspec
from django.db import connections as databases
from django.utils import timezone

from bounds.pause import TimeSlices
from chat.actions.actor import Person
from chat.actions.authorization import authorise, require_reported
from chat.actions.moderation.moderation_log import record_act, required_reason
from chat.archive.long_reads import off_the_loop
from chat.archive.warming import warm_messages
from chat.domain.errors import not_found, unavailable
from chat.domain.policy import Act
from chat.domain.types import Author, RoomId, UserId
from chat.live.live_state import live_state
from chat.live.messages.purging import MESSAGES_PER_CALL, Direction, Purged
from chat.models import ArchiveState, Message, ModerationLog
from chat.sync.retry import retry_after_recovery

MESSAGES_PER_PAGE = 500
# Somebody may have written 100,000 messages.
ROWS_TOGETHER = 1_000
# The archiver trims about once a second, and a batch takes milliseconds.
ATTEMPTS = 10
# Nobody looks further back for a mistake.
UNDOABLE = 5


class Purge(NamedTuple):
    """A purge by its entry in the moderation log, and how many messages it took or brought back."""

    id: int
    changed: int


class _Said(msgspec.Struct):
    seq: int
    sent_at: int
    author: Author


_decode = msgspec.json.Decoder(_Said).decode


def purge_messages(actor: Person, room_id: RoomId, user_id: UserId, reason: str, seconds: int | None = None) -> Purge:
    """Take somebody's messages of the last seconds, or all, from every screen. Raises ChatError, as `unpurge_messages`."""
    reason = required_reason(reason)
    require_reported(authorise(actor, Act.PURGE, room_id, user_id), author=user_id)
    seqs = _seqs_of(room_id, user_id, _moment(seconds))
    name = token_hex(6)
    # Before it is done, as every act on messages: what breaks off half-way can be brought back, or done again.
    entry = record_act(ModerationLog.Action.PURGE, actor.id, room_id, user_id, reason, purge=name, seqs=seqs, seconds=seconds)
    return Purge(entry.pk, _run("purge", actor, entry, seqs))


def count_purgeable(actor: Person, room_id: RoomId, user_id: UserId, seconds: int | None = None) -> int:
    """Return how many messages such a purge would take now; raises not_found, not_member or forbidden."""
    require_reported(authorise(actor, Act.PURGE, room_id, user_id, only_reads=True), author=user_id)
    return len(_seqs_of(room_id, user_id, _moment(seconds)))


def undoable_purges(actor: Person, room_id: RoomId, user_id: UserId) -> list[ModerationLog]:
    """Return the newest purges of somebody's messages that nobody has undone; raises as `count_purgeable`."""
    require_reported(authorise(actor, Act.PURGE, room_id, user_id, only_reads=True), author=user_id)
    theirs = ModerationLog.objects.filter(room=room_id, user=user_id)
    undone = set(theirs.filter(action=ModerationLog.Action.UNPURGE).values_list("details__undoes", flat=True))
    done = theirs.filter(action=ModerationLog.Action.PURGE).exclude(pk__in=undone - {None})
    return list(done.select_related("by").order_by("-pk")[:UNDOABLE])


def unpurge_messages(actor: Person, room_id: RoomId, purge_id: int) -> Purge:
    """Bring back what a purge took, and nobody has deleted since."""
    entry = ModerationLog.objects.filter(pk=purge_id, room=room_id, action=ModerationLog.Action.PURGE).first()
    if entry is None or entry.user_id is None:
        # Who does not moderate here learns the same as of a purge that is not there.
        authorise(actor, Act.PURGE, room_id)
        raise not_found()
    authorise(actor, Act.PURGE, room_id, entry.user_id)
    record_act(ModerationLog.Action.UNPURGE, actor.id, room_id, entry.user_id, purge=entry.details["purge"], undoes=entry.pk)
    return Purge(entry.pk, _run("unpurge", actor, entry, entry.details["seqs"]))


def _moment(seconds: int | None) -> int:
    """So many seconds ago, in ms."""
    return 0 if seconds is None else round((timezone.now() - timedelta(seconds=seconds)).timestamp() * 1000)


def _seqs_of(room_id: RoomId, user_id: UserId, since: int) -> list[int]:
    """What somebody wrote and is not deleted, as far as can be told from here; the script leaves out what is."""
    said, changed = _not_yet_archived(room_id, user_id, since)
    # After the live log, so that what is archived meanwhile is found here. What it has as deleted may be back for a second.
    archived = Message.objects.filter(room=room_id, author=user_id, sent_at__gte=since).values_list("seq", "deleted")
    slices = TimeSlices()
    with off_the_loop():
        for seq, deleted in archived.order_by().iterator(ROWS_TOGETHER):
            if not deleted or seq in changed:
                said.add(seq)
            slices.rest()
    return sorted(said)


def _not_yet_archived(room_id: RoomId, user_id: UserId, since: int) -> tuple[set[int], set[int]]:
    """What they said, and which messages of anybody changed, in the last second or so; more where the archive is behind."""
    state = ArchiveState.objects.filter(room=room_id).values_list("seq", "rev").first()
    seq, rev = state or (0, 0)
    said: set[int] = set()
    changed: set[int] = set()
    while page := live_state().archiving.unarchived({room_id: (seq, rev)}, MESSAGES_PER_PAGE).get(room_id):
        if not page.messages and not page.amendments:
            break
        found = map(_decode, page.messages)
        said |= {each.seq for each in found if each.author.id == user_id and each.sent_at >= since}
        changed |= {each.seq for each in page.amendments}
        seq, rev = page.upto.seq, page.upto.rev
    return said, changed


def _run(direction: Direction, actor: Person, entry: ModerationLog, seqs: Sequence[int]) -> int:
    databases.close_all()
    batches = (seqs[start : start + MESSAGES_PER_CALL] for start in range(0, len(seqs), MESSAGES_PER_CALL))
    return sum(_run_some(direction, actor, entry, batch) for batch in batches)


def _run_some(direction: Direction, actor: Person, entry: ModerationLog, seqs: Sequence[int]) -> int:
    def run(seqs: Sequence[int]) -> Purged:
        store, room_id, author, name = live_state().purging, entry.room_id, entry.user_id, entry.details["purge"]
        return retry_after_recovery(lambda: store.run(direction, room_id, actor.id, author, name, seqs))  # type: ignore[arg-type]  # both are there

    changed, left = 0, list(seqs)
    for _ in range(ATTEMPTS):
        done = run(left)
        changed += done.changed
        # What was warmed can be trimmed again before it is reached: only a run that found all the others is the last.
        left = sorted(warm_messages(entry.room_id, done.archived)) if done.archived else []  # type: ignore[arg-type]
        if not left:
            return changed
    raise unavailable()
