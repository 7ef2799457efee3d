"""Keeps the index what the archive is."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db import connection

from chat.archive.search.index import index_of
from chat.archive.search.terms import Entry
from chat.entities import RoomId

# By hand: building it with the ORM took longer than the database does.
_STANDING = """
    SELECT seq, id, author_id, sent_at, text, deleted FROM chat_message WHERE room_id = %s AND seq IN ({})
"""


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
    with connection.cursor() as cursor:
        cursor.execute(_STANDING.format(", ".join(["%s"] * len(seqs))), [room_id, *seqs])
        return {seq: (Entry(entry_id, room_id, *said), bool(deleted)) for seq, entry_id, *said, deleted in cursor.fetchall()}
