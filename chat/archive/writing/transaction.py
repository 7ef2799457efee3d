"""Writing to the archive: what was taken from the live log and how far the archive then is, in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db import connection, transaction

from chat.archive.search.indexing import indexing
from chat.archive.search.terms import words_by_text
from chat.archive.writing.message_rows import add_messages, amend_messages, texts_in
from chat.domain.types import RoomId
from chat.live.archiving import Unarchived
from chat.models import ArchivedEpoch, ArchiveState


class Copied(NamedTuple):
    """How far a room is archived, and behind which fence."""

    seq: int
    rev: int
    epoch: str
    fence: str


class CopiedPart(NamedTuple):
    """What follows `known`, which was read before it was taken from Redis.

    `ends` of all earlier epochs, when another one than the known has begun.
    """

    room_id: RoomId
    known: Copied
    new: Unarchived
    ends: Mapping[str, tuple[int, int]]


class Overtaken(Exception):
    """Another archiver was here, or a recovery has raised the fence: what was taken from Redis may not be written."""


# First of all, since this locks the states' rows: whoever comes second finds them changed.
_CLAIM = """
    UPDATE chat_archivestate SET seq = %s, rev = %s, epoch = %s WHERE room_id = %s AND seq = %s AND rev = %s AND fence = %s
"""
_NOTE_END = """
    INSERT INTO chat_archivedepoch (room_id, epoch, seq, rev) VALUES (%s, %s, %s, %s)
    ON CONFLICT (room_id, epoch) DO UPDATE SET seq = EXCLUDED.seq, rev = EXCLUDED.rev
"""


def copied(room_ids: Iterable[RoomId] | None = None) -> dict[RoomId, Copied]:
    """Return how far these rooms, or all, are archived."""
    states = ArchiveState.objects.all() if room_ids is None else ArchiveState.objects.filter(room_id__in=room_ids)
    return {state.room_id: Copied(state.seq, state.rev, state.epoch, state.fence) for state in states}


def begin(room_id: RoomId) -> Copied | None:
    """Make a room's place in the archive, unless it has one, and return it."""
    ArchiveState.objects.bulk_create([ArchiveState(room_id=room_id)], ignore_conflicts=True)
    return copied([room_id]).get(room_id)


def write(parts: Sequence[CopiedPart]) -> dict[RoomId, Copied]:
    """Add parts of rooms, all or none; return how far each room then is. Raises Overtaken.

    Each statement is for all of them: it is their number that takes the time.
    """
    if not parts:
        return {}
    now = {part.room_id: _reached(part) for part in parts}
    messages = [(part.room_id, payload) for part in parts for payload in part.new.messages]
    amendments = [(part.room_id, amendment) for part in parts for amendment in part.new.amendments]
    words = words_by_text(texts_in(messages, amendments))
    with transaction.atomic():
        _claim(parts, now)
        with indexing([(room_id, amendment.seq) for room_id, amendment in amendments], words) as changing:
            changing += add_messages(messages)
            amend_messages(amendments)
        _note_ends(parts, now)
    return now


def _reached(part: CopiedPart) -> Copied:
    return Copied(part.new.upto.seq, part.new.upto.rev, part.new.upto.epoch, part.known.fence)


def _claim(parts: Sequence[CopiedPart], now: Mapping[RoomId, Copied]) -> None:
    claims = [
        (*now[room_id][:3], room_id, known.seq, known.rev, known.fence)  # the new seq, rev and epoch
        for room_id, known, _, _ in parts
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_CLAIM, claims)
        if cursor.rowcount != len(claims):
            raise Overtaken


def _note_ends(parts: Sequence[CopiedPart], now: Mapping[RoomId, Copied]) -> None:
    ends = {part.room_id: {**part.ends, now[part.room_id].epoch: now[part.room_id][:2]} for part in parts}
    rows = [(room_id, epoch, *end) for room_id, theirs in ends.items() for epoch, end in theirs.items()]
    with connection.cursor() as cursor:
        cursor.executemany(_NOTE_END, rows)
    for part in parts:
        if part.ends:
            _forget_other_epochs(part.room_id, list(ends[part.room_id]))


def _forget_other_epochs(room_id: RoomId, remembered: Sequence[str]) -> None:
    """What the live room has forgotten serves nobody here."""
    ArchivedEpoch.objects.filter(room_id=room_id).exclude(epoch__in=remembered).delete()
