"""Keeps the index what the archive is."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from itertools import chain

from django.db import connection

from bounds.pause import let_others_go_on
from chat.archive.search.index import index_of
from chat.archive.search.terms import NO_WORDS, IndexEntry, WordsByText
from chat.domain.types import MessageId

# Removed from the index in one transaction: of texts of 8,000 characters the loop is held for 20 ms.
DELETED_AT_ONCE = 20
DELETED_PER_TURN = 1_000

# By hand: building it with the ORM took longer than the database does. CROSS JOIN: else SQLite reads all messages for each.
_REBUILD = 'SELECT position, "end" FROM chat_searchrebuild'
_FINDABLE = """
    WITH asked (room_id, seq) AS (VALUES {})
    SELECT message.seq, message.id, message.room_id, message.author_id, message.sent_at, message.text
    FROM asked CROSS JOIN chat_message AS message WHERE message.room_id = asked.room_id
    AND message.seq = asked.seq AND NOT message.deleted
"""


@contextmanager
def indexing(amended: Collection[MessageId], words: WordsByText = NO_WORDS) -> Iterator[list[MessageId]]:
    """Around a change of the archive, in its transaction: what is sent, edited, deleted or restored in it is so in the index.

    Gives the messages that are looked at afterwards, to which those of new messages are added. Most amendments are reactions,
    which change no word: what stands as before is left alone. `words` has those of texts that were prepared before, since
    writing them here would keep the database locked.
    """
    before = _findable(amended)
    changing = [*amended]
    yield changing
    now = _findable(changing)
    changed = [message for message in {**before, **now} if before.get(message) != now.get(message)]
    index = index_of(connection)
    is_indexed = _reach_of_rebuild()
    index.remove([before[message] for message in changed if message in before and is_indexed(before[message].id)], words)
    index.put([now[message] for message in changed if message in now and is_indexed(now[message].id)], words)


def _findable(messages: Collection[MessageId]) -> dict[MessageId, IndexEntry]:
    if not messages:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_FINDABLE.format(", ".join(["(%s, %s)"] * len(messages))), list(chain.from_iterable(messages)))
        return {(room_id, seq): IndexEntry(pk, room_id, *rest) for seq, pk, room_id, *rest in cursor.fetchall()}


def _reach_of_rebuild() -> Callable[[int], bool]:
    """Return what tells whether a message's id is in the index, or not waiting to be put there by a rebuild."""
    with connection.cursor() as cursor:
        cursor.execute(_REBUILD)
        position, end = cursor.fetchone() or (0, 0)
    return lambda message_id: not position < message_id <= end


def forget_deleted() -> bool:
    """Remove messages that were deleted from the archive itself, with their room or by hand; return whether there are more."""
    index = index_of(connection)
    is_indexed = _reach_of_rebuild()
    for _ in range(DELETED_PER_TURN // DELETED_AT_ONCE):
        if index.forget_deleted(DELETED_AT_ONCE, is_indexed) < DELETED_AT_ONCE:
            return False
        let_others_go_on()
    return True
