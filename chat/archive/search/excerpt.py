"""The part of a message in which what was looked for stands. Pure."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from unicodedata import normalize

from chat.archive.search.query import MOST_WORDS, Phrase
from chat.archive.search.tokens import Word, words_of

EXCERPT_CHARS = 240
CHARS_BEFORE = 60
CUT = "…"

Span = tuple[int, int]


def excerpt(text: str, phrases: Sequence[Phrase]) -> list[str]:
    """Return the part on one line, cut up: every other piece, from the second on, is what was looked for."""
    text = normalize("NFC", text)
    words = words_of(text) if phrases else []
    start, end = _window(text, _first_place(words, phrases))
    # Those that begin in the window are enough: a message may have thousands.
    first, last = (bisect_left(words, place, key=_start) for place in (start, end))
    spans = _joined(sorted(_spans(words[first : last + MOST_WORDS], phrases)))
    pieces = [CUT if start else ""]
    place = start
    for span_start, span_end in spans:
        if span_start >= start and span_end <= end:
            pieces[-1] += text[place:span_start]
            pieces += [text[span_start:span_end], ""]
            place = span_end
    pieces[-1] += text[place:end] + (CUT if end < len(text) else "")
    return [re.sub(r"\s+", " ", piece) for piece in pieces]


def _start(word: Word) -> int:
    return word.start


def _first_place(words: list[Word], phrases: Sequence[Phrase]) -> int:
    texts = [word.text for word in words]
    places = (phrase.first_place(texts) for phrase in phrases)
    return min((words[place].start for place in places if place is not None), default=0)


def _spans(words: list[Word], phrases: Sequence[Phrase]) -> Iterator[Span]:
    texts = [word.text for word in words]
    whole = {phrase.words[0] for phrase in phrases}
    beginnings = tuple(phrase.words[0] for phrase in phrases if phrase.is_prefix and len(phrase.words) == 1)
    for place, text in enumerate(texts):
        if text in whole or text.startswith(beginnings):
            for phrase in phrases:
                if phrase.is_at(texts, place):
                    yield words[place].start, words[place + len(phrase.words) - 1].end


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _window(text: str, first: int) -> Span:
    """A little of what comes before, from the beginning of a word on; all of it where that is not much more."""
    if len(text) <= EXCERPT_CHARS:
        return 0, len(text)
    start = min(max(0, first - CHARS_BEFORE), len(text) - EXCERPT_CHARS)
    if start:
        space = re.compile(r"\s").search(text, start, first)
        start = space.end() if space else start
    return start, min(len(text), start + EXCERPT_CHARS)
