"""What counts as unread and as a mention in a room that is recovered: by the archive, and by what only the live room has."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain

import msgspec
from django.db.models import Exists, F, OuterRef, Q

from bounds.pause import TimeSlices
from chat.archive.long_reads import off_the_loop
from chat.archive.writing.mention_index import EVERYONE
from chat.domain.types import Author, RoomId, UserId
from chat.domain.unread import UNREAD_MOST
from chat.live.recovery import Counts, Tail
from chat.models import Mention, Message

# Newest first: a room with more of them is one in which nobody looks at their number.
MOST_MENTIONS = 100_000
# Fetched in one go of the loop.
ROWS = 500


# For each author the members who block them.
Blockers = Mapping[UserId, Sequence[UserId]]


class _Message(msgspec.Struct):
    """What of a message is counted."""

    seq: int
    author: UserId | None
    mentions: list[UserId]
    deleted: bool = False


class _Wire(msgspec.Struct):
    seq: int
    author: Author
    mentions: list[UserId] = []


class _State(msgspec.Struct):
    text: str | None = None
    mentions: list[UserId] = []
    deleted_by: UserId | None = None


_decode_wire = msgspec.json.Decoder(_Wire).decode
_decode_state = msgspec.json.Decoder(_State).decode


def recount(
    room_id: RoomId,
    head: int,
    markers: Mapping[UserId, int],
    early: Collection[UserId],
    tail: Tail,
    blockers: Blockers,
) -> Counts:
    """Return the counts of a room whose newest message is `head`; an author names none of their `blockers`.

    Members have read at least up to their `markers`; of the `early` ones that is less than the record knows.
    """
    lowest = head - UNREAD_MOST
    slices = TimeSlices()
    with off_the_loop():
        messages = _archived(room_id, lowest, early, slices)
        messages |= _as_sent(room_id, tail, slices)
    for seq, state in tail.states.items():
        slices.rest()
        if seq in messages:
            _amend(messages[seq], _decode_state(state))
    return _count(messages.values(), lowest, markers, blockers, slices)


def _archived(room_id: RoomId, lowest: int, early: Collection[UserId], slices: TimeSlices) -> dict[int, _Message]:
    """The archived messages that count for more, or less, than others."""
    messages = Message.objects.filter(room_id=room_id, seq__gt=lowest)
    unread_by_author = Q(author__memberships__room_id=room_id) & (
        Q(seq__gt=F("author__memberships__last_read")) | Q(author__in=early)
    )
    rows = messages.filter(Q(deleted=True) | unread_by_author).values_list("seq", "author_id", "deleted")
    found: dict[int, _Message] = {}
    for seq, author, deleted in rows.iterator(ROWS):
        slices.rest()
        found[seq] = _Message(seq, author, [], deleted)
    gone = Message.objects.filter(room_id=OuterRef("room_id"), seq=OuterRef("seq"), deleted=True)
    mentions = Mention.objects.filter(room_id=room_id).annotate(gone=Exists(gone)).order_by("-seq")
    rows_of_mentions = mentions.values_list("seq", "author_id", "user_id", "gone")[:MOST_MENTIONS]
    for seq, author, user_id, deleted in rows_of_mentions.iterator(ROWS):
        slices.rest()
        found.setdefault(seq, _Message(seq, author, [], deleted)).mentions.append(user_id or EVERYONE)
    return found


def _as_sent(room_id: RoomId, tail: Tail, slices: TimeSlices) -> dict[int, _Message]:
    """What only the live room has, and what of the archive was changed there since."""
    amended = Message.objects.with_bylines().filter(room_id=room_id, seq__in=tail.states)
    payloads: Iterable[str | bytes] = chain((message.payload for message in amended.iterator(ROWS)), tail.messages)
    found: dict[int, _Message] = {}
    for payload in payloads:
        slices.rest()
        wire = _decode_wire(payload)
        found[wire.seq] = _Message(wire.seq, wire.author.id, wire.mentions)
    return found


def _amend(message: _Message, state: _State) -> None:
    message.deleted = state.deleted_by is not None
    if state.text is not None:
        message.mentions = state.mentions


def _count(
    messages: Iterable[_Message], lowest: int, markers: Mapping[UserId, int], blockers: Blockers, slices: TimeSlices
) -> Counts:
    deleted: list[int] = []
    mentions: dict[int, list[int]] = defaultdict(list)
    own: dict[UserId, list[int]] = defaultdict(list)
    for message in messages:
        slices.rest()
        if message.deleted:
            deleted += [message.seq] if message.seq > lowest else []
            continue
        for mentioned in _mentioned(message, blockers):
            mentions[mentioned].append(message.seq)
        if message.author and message.seq > max(lowest, markers.get(message.author, message.seq)):
            own[message.author].append(message.seq)
    return Counts(deleted, mentions, own)


def _mentioned(message: _Message, blockers: Blockers) -> list[int]:
    """Whose mentions a message is among: as counting.lua has it."""
    if message.author is None:
        return [EVERYONE] if EVERYONE in message.mentions else message.mentions
    uncalled = (message.author, *blockers.get(message.author, ()))
    if EVERYONE in message.mentions:
        return [EVERYONE, *(-user_id for user_id in uncalled)]
    return [user_id for user_id in message.mentions if user_id not in uncalled]
