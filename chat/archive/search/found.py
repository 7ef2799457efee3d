"""What of a message was looked for, as it is written there: the page marks it in the text that it shows. Pure."""

from collections.abc import Iterator, Sequence

from chat.archive.search.query import Phrase
from chat.archive.search.tokens import words_of

# Different spellings of it in one message; what repeats them is marked, too.
MOST_FOUND = 20


def found_in(text: str, phrases: Sequence[Phrase]) -> list[str]:
    """Return the parts of the text, which is composed (NFC), that have one of the phrases, each spelling once."""
    found: dict[str, None] = {}
    for part in _parts(text, phrases) if phrases else ():
        found[part] = None
        if len(found) == MOST_FOUND:
            break
    return list(found)


def _parts(text: str, phrases: Sequence[Phrase]) -> Iterator[str]:
    words = words_of(text)
    texts = [word.text for word in words]
    # By their first word, each once: 20 times "a" was looked for 20 times at each of 8,000 places.
    whole: dict[str, list[Phrase]] = {}
    for phrase in dict.fromkeys(phrases):
        whole.setdefault(phrase.words[0], []).append(phrase)
    beginnings = [phrase for phrase in dict.fromkeys(phrases) if phrase.is_prefix and len(phrase.words) == 1]
    begin = tuple(phrase.words[0] for phrase in beginnings)
    for place, word in enumerate(texts):
        for phrase in [*whole.get(word, ()), *(beginnings if word.startswith(begin) else ())]:
            if phrase.is_at(texts, place):
                yield text[words[place].start : words[place + len(phrase.words) - 1].end]
