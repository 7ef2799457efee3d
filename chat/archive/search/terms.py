"""What a message is indexed by beside its words: what else it has, its room, author, and time in spans of four sizes. Pure.

A mark begins with a sign that no word has, so that nobody can write one.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from unicodedata import normalize

from bounds.pause import TimeSlices
from chat.archive.search.tokens import texts_of
from chat.archive.search.traits import Trait, traits_of
from chat.domain.types import RoomId, UserId

# Enough for the longest message in any script; a single letter of Arabic may be folded into several words.
MOST_WORDS = 20_000
# Spans of 2^22, 2^26, 2^30 and 2^34 ms: an hour, most of a day, twelve days, half a year. Sixteen of one make one of the next.
SPAN_BITS = {"a": 22, "b": 26, "c": 30, "d": 34}
SHORTEST_SPAN_MS = 1 << SPAN_BITS["a"]

# A text -> its words and the marks of what else it has, with spaces between them.
WordsByText = Mapping[str, str]
NO_WORDS: WordsByText = {}


class IndexEntry(NamedTuple):
    """A message as the index takes it; `sent_at` in ms since 1970."""

    id: int
    room_id: RoomId
    author_id: UserId | None
    sent_at: int
    text: str


def words_by_text(texts: Iterable[str], known: WordsByText = NO_WORDS) -> WordsByText:
    """Return what many texts are indexed by, in time slices: one of 8,000 characters takes up to 30 ms."""
    slices = TimeSlices()
    found = dict(known)
    for text in texts:
        if text not in found:
            found[text] = " ".join([*indexed_words(text), *map(trait_mark, traits_of(text))])
            slices.rest()
    return found


def indexed_words(text: str) -> list[str]:
    """Return the words of a message in order."""
    return texts_of(normalize("NFC", text))[:MOST_WORDS]


def marks(entry: IndexEntry) -> list[str]:
    """Return everything that it is indexed by beside its words."""
    return [room_mark(entry.room_id), *([author_mark(entry.author_id)] if entry.author_id else []), *_spans_at(entry.sent_at)]


def trait_mark(trait: Trait) -> str:
    """Every message that has such a thing bears it."""
    return f"!{trait}"


def room_mark(room_id: RoomId) -> str:
    """Every message of the room bears it."""
    return f"#{room_id:d}"


def author_mark(user_id: UserId) -> str:
    """Every message of the person bears it."""
    return f"@{user_id:d}"


def spans(since: int, until: int) -> list[str]:
    """Return few marks of which every message bears one that was sent from `since` until before `until`, in ms.

    Their ends are rounded to the shortest span: the first and the last may be borne by others, too.
    """
    return list(_cover(max(0, since), until))


def _spans_at(moment: int) -> Iterator[str]:
    for sign, bits in SPAN_BITS.items():
        yield f":{sign}{moment >> bits:x}"


def _cover(since: int, until: int) -> Iterator[str]:
    shortest = SPAN_BITS["a"]
    place, end = since >> shortest, -(-until >> shortest)
    while place < end:
        # The longest that begins here and does not go beyond the end.
        sign, size = next(
            (sign, 1 << bits - shortest)
            for sign, bits in reversed(SPAN_BITS.items())
            if place % (1 << bits - shortest) == 0 and place + (1 << bits - shortest) <= end
        )
        yield f":{sign}{place // size:x}"
        place += size
