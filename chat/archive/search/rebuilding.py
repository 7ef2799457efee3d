"""Rebuilds the search index of the archived messages in slices; a stopped rebuild continues where it was.

Until a rebuild has reached a message, nothing of it is in the index: `indexing` leaves it alone, both its old and its new text.
"""

import logging
import sqlite3
from collections.abc import Generator

from django.db import connection, transaction
from django.db.models import Max

from bounds.pause import let_others_go_on
from chat.archive.search.index import index_of
from chat.archive.search.terms import IndexEntry
from chat.models import Message, SearchRebuild

log = logging.getLogger(__name__)

ROWS = 1_000
# Of a rebuild that the server itself goes on with: so many slices a second, each some 100 ms in a thread.
SLICES_PER_TURN = 3


def rebuild(
    messages: type[Message] = Message, states: type[SearchRebuild] = SearchRebuild
) -> Generator[tuple[int, int], None, None]:
    """Index every message that is not deleted; give after each slice the message id reached and the last one.

    The archive may be written meanwhile: what is newer than the last one is indexed by the archiver, as always. A
    migration gives the models as they were.
    """
    state = states.objects.first() or _begin(messages, states)
    while state.position < state.end:
        _index_slice(messages, state)
        yield state.position, state.end
        let_others_go_on()
    with transaction.atomic():
        index_of(connection).end_rebuild()
        state.delete()


def go_on(messages: type[Message] = Message, states: type[SearchRebuild] = SearchRebuild) -> bool:
    """Do a part of a rebuild that was begun, by a command or after damage; return whether there is more."""
    if not states.objects.exists():
        return False
    for slices, _ in enumerate(rebuild(messages, states), 1):
        if slices == SLICES_PER_TURN:
            return True
    log.info("The search index is complete again")
    return False


def is_index_damage(error: BaseException | None) -> bool:
    """Whether an error, or what caused it, says that SQLite's index does not have what is to be removed from it."""
    while error is not None:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_CORRUPT_VTAB:
            return True
        error = error.__cause__
    return False


def rebuild_after_damage() -> None:
    """Empty the index and let the server fill it again, a part a second: searches find less meanwhile, nothing is lost."""
    log.error("The search index is damaged and is being rebuilt from the messages")
    SearchRebuild.objects.all().delete()
    _begin(Message, SearchRebuild)


def _begin(messages: type[Message], states: type[SearchRebuild]) -> SearchRebuild:
    with transaction.atomic():
        index_of(connection).begin_rebuild()
        newest = messages.objects.aggregate(newest=Max("pk"))["newest"]
        return states.objects.create(end=newest or 0)


def _index_slice(archive: type[Message], state: SearchRebuild) -> None:
    with transaction.atomic():
        # Another process may go on with the same rebuild: what it has done is not done twice.
        state.refresh_from_db(from_queryset=type(state).objects.select_for_update())
        rows = archive.objects.filter(pk__gt=state.position, pk__lte=state.end).order_by("pk")
        # Locked, so that an edit is not overtaken by the text that was read before it.
        messages = list(rows.select_for_update().only("room", "author", "sent_at", "text", "deleted")[:ROWS])
        index_of(connection).put([_entry(message) for message in messages if not message.deleted])
        state.position = messages[-1].pk if messages else state.end
        state.save(update_fields=["position"])


def _entry(message: Message) -> IndexEntry:
    return IndexEntry(message.pk, message.room_id, message.author_id, message.sent_at, message.text)
