"""Keeps the index what the archive is."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from itertools import chain

from django.db import connection

from chat.archive.search.index import index_of
from chat.archive.search.terms import NO_WORDS, Entry, WordsByText
from chat.entities import MessageId

# By hand: building it with the ORM took longer than the database does. CROSS JOIN: else SQLite reads all messages for each.
_STANDING = """
    WITH asked (room_id, seq) AS (VALUES {})
    SELECT message.id, message.room_id, message.author_id, message.sent_at, message.text, message.deleted, message.seq
    FROM asked CROSS JOIN chat_message AS message WHERE message.room_id = asked.room_id AND message.seq = asked.seq
"""


@contextmanager
def indexing(amended: Collection[MessageId], words: WordsByText = NO_WORDS) -> Iterator[list[MessageId]]:
    """Around a change of the archive, in its transaction: what is sent, edited, deleted or restored in it is so in the index.

    Gives the messages that are looked at afterwards, to which those of new messages are added. Most amendments are reactions,
    which change no word: what stands as before is left alone. `words` has those of texts that were prepared before, since
    writing them here would keep the database locked.
    """
    before = _standing(amended)
    changing = [*amended]
    yield changing
    now = _standing(changing)
    changed = [standing for message, standing in now.items() if before.get(message) != standing]
    index = index_of(connection)
    index.put([entry for entry, is_deleted in changed if not is_deleted], words)
    index.remove([entry.id for entry, is_deleted in changed if is_deleted])


def _standing(messages: Collection[MessageId]) -> dict[MessageId, tuple[Entry, bool]]:
    if not messages:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_STANDING.format(", ".join(["(%s, %s)"] * len(messages))), list(chain.from_iterable(messages)))
        entries = [(Entry(*entry), bool(deleted), seq) for *entry, deleted, seq in cursor.fetchall()]
        return {(entry.room_id, seq): (entry, deleted) for entry, deleted, seq in entries}
