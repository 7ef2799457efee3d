"""What of a message was looked for, as it is written there: the page marks it in the text that it shows. Pure."""

from collections.abc import Iterator, Sequence

from chat.archive.search.query import Phrase
from chat.archive.search.tokens import words_of

# Different spellings of it in one message; what repeats them is marked, too.
MOST_FOUND = 20


def found_in(text: str, phrases: Sequence[Phrase]) -> list[str]:
    """Return the parts of the text, which is composed (NFC), that have one of the phrases, each spelling once."""
    return list(dict.fromkeys(_parts(text, phrases)))[:MOST_FOUND] if phrases else []


def _parts(text: str, phrases: Sequence[Phrase]) -> Iterator[str]:
    words = words_of(text)
    texts = [word.text for word in words]
    whole = {phrase.words[0] for phrase in phrases}
    beginnings = tuple(phrase.words[0] for phrase in phrases if phrase.is_prefix and len(phrase.words) == 1)
    for place, found in enumerate(texts):
        if found in whole or found.startswith(beginnings):
            for phrase in phrases:
                if phrase.is_at(texts, place):
                    yield text[words[place].start : words[place + len(phrase.words) - 1].end]
