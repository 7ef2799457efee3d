"""Builds the search index of the archived messages anew, in slices; one that was stopped goes on where it was."""

import time
from collections.abc import Generator

from django.db import connection, transaction
from django.db.models import Max

from chat.archive.search.index import index_of
from chat.archive.search.terms import Entry
from chat.models import Message, SearchRebuild

ROWS = 1_000


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
        time.sleep(0.001)  # lets sockets be read where this runs in a server
    with transaction.atomic():
        index_of(connection).end_rebuild()
        state.delete()


def _begin(messages: type[Message], states: type[SearchRebuild]) -> SearchRebuild:
    with transaction.atomic():
        index_of(connection).begin_rebuild()
        newest = messages.objects.aggregate(newest=Max("pk"))["newest"]
        return states.objects.create(end=newest or 0)


def _index_slice(archive: type[Message], state: SearchRebuild) -> None:
    rows = archive.objects.filter(pk__gt=state.position, pk__lte=state.end).order_by("pk")
    with transaction.atomic():
        # Locked, so that an edit is not overtaken by the text that was read before it.
        messages = list(rows.select_for_update().only("room", "author", "sent_at", "text", "deleted")[:ROWS])
        index_of(connection).put([_entry(message) for message in messages if not message.deleted])
        state.position = messages[-1].pk if messages else state.end
        state.save(update_fields=["position"])


def _entry(message: Message) -> Entry:
    return Entry(message.pk, message.room_id, message.author_id, message.sent_at, message.text)
