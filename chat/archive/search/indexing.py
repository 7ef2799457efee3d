"""Keeps the index what the archive is."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db import connection

from chat.archive.search.index import index_of
from chat.archive.search.terms import Entry
from chat.entities import RoomId
from chat.models import Message


@contextmanager
def indexing(room_id: RoomId, amended: Collection[int]) -> Iterator[list[int]]:
    """Around a change of the archive, in its transaction: what is sent, edited, deleted or restored in it is so in the index.

    Gives the seqs that are looked at afterwards, to which those of new messages are added. Most amendments are reactions,
    which change no word: what stands as before is left alone.
    """
    before = _standing(room_id, amended)
    changing = [*amended]
    yield changing
    now = _standing(room_id, changing)
    changed = [standing for seq, standing in now.items() if before.get(seq) != standing]
    index = index_of(connection)
    index.put([entry for entry, is_deleted in changed if not is_deleted])
    index.remove([entry.id for entry, is_deleted in changed if is_deleted])


def _standing(room_id: RoomId, seqs: Collection[int]) -> dict[int, tuple[Entry, bool]]:
    if not seqs:
        return {}
    rows = Message.objects.filter(room_id=room_id, seq__in=seqs)
    return {
        seq: (Entry(message_id, room_id, author_id, sent_at, text), is_deleted)
        for seq, message_id, author_id, sent_at, text, is_deleted in rows.values_list(
            "seq", "id", "author_id", "sent_at", "text", "deleted"
        )
    }
