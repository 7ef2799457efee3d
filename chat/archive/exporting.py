"""Messages as they now stand, in order, read in slices: the archive's, then what only the live log has yet."""

from collections.abc import Iterator, Sequence
from itertools import chain

import msgspec
from django.db.models import Q, QuerySet

from bounds.pause import TimeSlices
from chat.archive.long_reads import ids_of, off_the_loop
from chat.archive.warming import reaction_fields
from chat.domain.message_state import as_it_stands
from chat.domain.types import RoomId, UserId
from chat.live.live_state import live_state
from chat.models import ArchiveState, Message

# At once in memory, and fetched or looked at in one go of the loop.
ROWS = 100


class _Sent(msgspec.Struct):
    class _Author(msgspec.Struct):
        id: UserId

    seq: int
    author: _Author | None = None


_decode = msgspec.json.Decoder(_Sent).decode


def messages_of(room_id: RoomId) -> Iterator[bytes]:
    """Give the JSON of every message of a room; a deleted one comes without its text."""
    # Read first: what is archived meanwhile is found in the archive.
    archived = ArchiveState.objects.filter(room=room_id).values_list("seq", flat=True).first() or 0
    upto = 0
    for message in _archived(Message.objects.all(), room_id):
        upto = _decode(message).seq
        yield message
    yield from _live(room_id, max(archived, upto))


def messages_by(user_id: UserId, room_ids: Sequence[RoomId]) -> Iterator[bytes]:
    """Give the JSON of every message of a person in these rooms; a deleted one comes without its text."""
    for room_id in room_ids:
        upto = ArchiveState.objects.filter(room=room_id).values_list("seq", flat=True).first() or 0
        for message in _archived(Message.objects.filter(author=user_id), room_id):
            upto = max(upto, _decode(message).seq)
            yield message
        for message in _live(room_id, upto):
            author = _decode(message).author
            if author and author.id == user_id:
                yield message


def reactions_by(user_id: UserId) -> Iterator[tuple[RoomId, int, list[str]]]:
    """Give room, seq and emoji of each archived message that a person reacted to."""
    reacted = Message.objects.filter(~Q(reactions=""), reactions__contains=str(user_id))
    for message in chain.from_iterable(_slices(reacted, "pk")):
        fields = reaction_fields(message.reactions)
        emoji = [field.rpartition("|")[0] for field in fields if field.endswith(f"|{user_id}")]
        if emoji:
            yield message.room_id, message.seq, emoji


def _archived(messages: QuerySet[Message], room_id: RoomId) -> Iterator[bytes]:
    for slice_ in _slices(messages.select_related("byline").filter(room=room_id), "seq"):
        # What was changed a moment ago is not in the archive yet; what is live is never older than that.
        changes = live_state().archiving.changes(room_id, [message.seq for message in slice_])
        slices = TimeSlices()
        for message in slice_:
            slices.rest()
            state = changes.get(message.seq) or message.amendment.encode() or None
            yield as_it_stands(message.payload.encode(), state, 0, set())


def _live(room_id: RoomId, above: int) -> Iterator[bytes]:
    store, rev = live_state().archiving, 0
    while page := store.unarchived({room_id: (above, rev)}, ROWS).get(room_id):
        if not page.messages:
            return
        seqs = [_decode(message).seq for message in page.messages]
        changes = store.changes(room_id, seqs)
        slices = TimeSlices()
        for seq, message in zip(seqs, page.messages, strict=True):
            slices.rest()
            yield as_it_stands(message, changes.get(seq), 0, set())
        above = seqs[-1]


def _slices(messages: QuerySet[Message], key: str) -> Iterator[list[Message]]:
    last = 0
    while slice_ := _next_slice(messages.filter(**{f"{key}__gt": last}).order_by(key)):
        yield slice_
        last = getattr(slice_[-1], key)


def _next_slice(messages: QuerySet[Message]) -> list[Message]:
    with off_the_loop():
        ids = ids_of(messages, ROWS)
        return list(messages.filter(pk__in=ids)) if ids else []
