"""Archived messages of a person who is erased: rewritten in slices, with the search index."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from chat.archive.search.index import index_of
from chat.archive.search.terms import IndexEntry
from chat.archive.writing.bylines import byline_ids
from chat.archive.writing.mention_index import EVERYONE
from chat.domain.erased_message import deleted_state, erased_message, erased_state
from chat.domain.types import Author, RoomId, UserId
from chat.models import Byline, Mention, Message

# In one transaction, which other writers wait for: some 10 ms.
ROWS = 200

_CHANGE = "UPDATE chat_message SET byline_id = %s, rest = %s, text = %s, amendment = %s, deleted = %s, rev = %s WHERE id = %s"


class Erased(NamedTuple):
    """What a slice held: the messages' seqs, and how many of them were different before."""

    seqs: list[int]
    changed: int


def erase_archived(room_id: RoomId, author: Author, deletes: bool) -> Iterator[Erased]:
    """Make a person's messages those of `author`, and wipe all of them (`deletes`) or those that are deleted anyway."""
    last = 0
    while True:
        with transaction.atomic():
            messages = _next(room_id, author, last)
            if not messages:
                return
            findable = {message.pk: _entry(message) for message in messages if not message.deleted}
            byline = Byline(byline_ids([author])[author], author.id, author.handle, author.name)
            changed = [message for message in messages if _erase(message, byline, deletes)]
            _save(changed)
            gone = [message.pk for message in changed if message.deleted and message.pk in findable]
            index_of(connection).remove([findable[pk] for pk in gone])
        last = messages[-1].seq
        yield Erased([message.seq for message in messages], len(changed))


def named_in(room_id: RoomId, seqs: Sequence[int]) -> dict[UserId, list[int]]:
    """Return whom messages name: by person, 0 for everyone, the seqs."""
    named: dict[UserId, list[int]] = defaultdict(list)
    for user_id, seq in Mention.objects.filter(room=room_id, seq__in=seqs).values_list("user_id", "seq"):
        named[user_id or EVERYONE].append(seq)
    return named


def forget_bylines(author: Author) -> None:
    """Rename what is left of a person's earlier names; after the messages of every room are erased."""
    Byline.objects.filter(author=author.id).update(handle=author.handle, name=author.name)


def forget_mentions(room_id: RoomId, author: UserId) -> None:
    """Delete whom a person's messages name; after it was taken from what is counted."""
    Mention.objects.filter(room=room_id, author=author).delete()


def _next(room_id: RoomId, author: Author, last: int) -> list[Message]:
    """Locked: a reaction that the archiver brings meanwhile must not be overwritten."""
    theirs = Message.objects.with_bylines().select_for_update(of=("self",)).filter(room=room_id, author=author.id, seq__gt=last)
    return list(theirs.order_by("seq")[:ROWS])


def _entry(message: Message) -> IndexEntry:
    return IndexEntry(message.pk, message.room_id, message.author_id, message.sent_at, message.text)


def _erase(message: Message, byline: Byline, deletes: bool) -> bool:
    """Whether it was different before."""
    before = (message.payload, message.text, message.amendment, message.deleted)
    is_wiped = deletes or message.deleted
    author = Author(byline.author, byline.handle, byline.name)
    payload = erased_message(message.payload.encode(), author, is_wiped)
    if is_wiped:
        if not message.deleted:
            # One that the live log has forgotten: nobody waits for its number.
            message.rev, now = message.rev or 1, round(timezone.now().timestamp() * 1000)
            message.amendment = deleted_state(message.seq, message.rev, author.id, now).decode()
        message.text, message.deleted = "", True
    message.amendment = erased_state(message.amendment.encode(), is_wiped).decode()
    message.store_payload(payload, byline)
    return before != (message.payload, message.text, message.amendment, message.deleted)


def _save(messages: Sequence[Message]) -> None:
    rows = [(each.byline_id, each.rest, each.text, each.amendment, each.deleted, each.rev, each.pk) for each in messages]
    with connection.cursor() as cursor:
        cursor.executemany(_CHANGE, rows)
