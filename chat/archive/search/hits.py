"""From the index to what a person is shown: each message as it stands now, with those around it."""

from collections.abc import Iterable, Sequence
from unicodedata import normalize

import msgspec
from django.db import connection
from django.db.models import Q

from bounds.pause import TimeSlices
from chat.archive.search.found import found_in
from chat.archive.search.index import index_of
from chat.archive.search.query import Phrase
from chat.archive.search.request import Wanted
from chat.archive.search.terms import indexed_words
from chat.domain.message_state import as_it_stands
from chat.domain.types import Author, RoomId
from chat.live.live_state import live_state
from chat.models import Message

# Enough of a neighbour for one line of it as it is shown, without its marks.
AROUND_CHARS = 1_500
Place = tuple[RoomId, int]


class Around(msgspec.Struct, frozen=True):
    """The message before or after a hit; of a long one the beginning."""

    seq: int
    sent_at: int
    author: Author | None
    text: str


class Hit(msgspec.Struct, frozen=True):
    """A message that was looked for; `found` is what of its text was looked for, each spelling once."""

    room: RoomId
    seq: int
    sent_at: int
    author: Author | None
    text: str
    found: list[str]
    before: Around | None
    after: Around | None


class Hits(msgspec.Struct, frozen=True):
    """One page, newest first; `end`, where there may be more, is what the next page comes after."""

    hits: list[Hit]
    end: str


class _Standing(msgspec.Struct):
    room: RoomId
    seq: int
    sent_at: int
    author: Author | None = None
    text: str = ""
    deleted: bool = False


def find_messages(wanted: Wanted) -> Hits:
    """Return a page; who may read what was decided before. Raises ChatError bad_request or unavailable."""
    found = index_of(connection).find(wanted)
    messages = sorted(
        Message.objects.with_bylines().in_bulk(found.ids).values(), key=lambda each: (each.sent_at, each.pk), reverse=True
    )
    around = _neighbours(messages)
    standing = _as_they_stand([*messages, *around])
    slices = TimeSlices()
    hits: list[Hit] = []
    for message in messages:
        slices.rest()  # of a long text each takes milliseconds
        if hit := _hit(standing[_place(message)], standing, wanted.phrases):
            hits.append(hit)
    return Hits(hits, found.end)


def _neighbours(messages: Sequence[Message]) -> list[Message]:
    seqs: dict[RoomId, set[int]] = {}
    for message in messages:
        seqs.setdefault(message.room_id, set()).update((message.seq - 1, message.seq + 1))
    if not seqs:
        return []
    near = Q()
    for room_id, wanted in seqs.items():
        near |= Q(room_id=room_id, seq__in=wanted)
    return list(Message.objects.with_bylines().filter(near))


def _as_they_stand(messages: Iterable[Message]) -> dict[Place, _Standing]:
    """What was edited or deleted a moment ago is in Redis, and not in the archive yet."""
    known = {_place(message): message for message in messages}
    rooms: dict[RoomId, list[int]] = {}
    for room_id, seq in known:
        rooms.setdefault(room_id, []).append(seq)
    live = {room_id: live_state().archiving.changes(room_id, seqs) for room_id, seqs in rooms.items()}
    return {
        place: _standing(message, live[message.room_id].get(message.seq) or message.amendment.encode())
        for place, message in known.items()
    }


def _standing(message: Message, state: bytes) -> _Standing:
    return msgspec.json.decode(as_it_stands(message.payload.encode(), state or None, 0, set()), type=_Standing)


def _hit(message: _Standing, standing: dict[Place, _Standing], phrases: Sequence[Phrase]) -> Hit | None:
    """None for what has been deleted, or edited so that it is not what was looked for any more."""
    words = indexed_words(message.text)
    if message.deleted or not all(phrase.is_in(words) for phrase in phrases):
        return None
    before, after = (_around(standing.get((message.room, message.seq + step))) for step in (-1, 1))
    text = normalize("NFC", message.text)
    return Hit(message.room, message.seq, message.sent_at, message.author, text, found_in(text, phrases), before, after)


def _around(message: _Standing | None) -> Around | None:
    if message is None or message.deleted:
        return None
    return Around(message.seq, message.sent_at, message.author, message.text[:AROUND_CHARS])


def _place(message: Message) -> Place:
    return message.room_id, message.seq
