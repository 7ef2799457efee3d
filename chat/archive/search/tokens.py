"""The words of a text as search knows them: the same for what is indexed, what is asked for and what is marked. Pure.

A word is a run of letters, marks and digits, folded so that "Café", "CAFÉ" and "cafe" are one. Scripts that are written
without spaces have no such runs: of those every two neighbouring characters are a word, and the last one by itself.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from bounds.characters import character_class

WORD_MAX_CHARS = 64
# A word is looked up by its beginning. With marks that folding takes off, this is enough of it.
FOLDED_MAX_CHARS = 256

# Han, Kana and Bopomofo; Thai, Lao, Tibetan, Myanmar, Khmer: the ideographic marks among them, the punctuation not.
_UNSPACED = "\u3005-\u3007\u3040-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
_UNSPACED += "\u0e01-\u0e4e\u0e80-\u0ece\u0f40-\u0f84\u1000-\u1049\u1780-\u17d3"
_unspaced = re.compile(f"[{_UNSPACED}]+")
_parts = re.compile(f"[{_UNSPACED}]+|[^{_UNSPACED}]+")
_ASCII_WORD = re.compile(r"[A-Za-z0-9]+")
_PICTOGRAPHS = "\u2600-\u27bf\U0001f000-\U0001faff"

# By Unicode's canonical combining class: 10 to 35 are Hebrew and Arabic points, from 200 on stand around any letter.
_ORNAMENTS = re.compile(
    character_class(lambda char: 10 <= unicodedata.combining(char) <= 35 or unicodedata.combining(char) >= 200)
)
_MARKS = character_class(lambda char: "\u0300" <= char < "\U0001f000" and unicodedata.category(char)[0] == "M")
# Letters and digits as `\w` has them, with the marks that belong to them, which it leaves out; or one pictograph.
_RUN = re.compile(rf"[^\W_](?:[^\W_]++|{_MARKS}++)*+|[{_PICTOGRAPHS}]")


class Word(NamedTuple):
    """A folded word, and where it stands in the text."""

    text: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """Return the words of a text that is composed (NFC), in order."""
    if text.isascii():
        return [Word(run[0].lower()[:WORD_MAX_CHARS], *run.span()) for run in _ASCII_WORD.finditer(text)]
    return [word for run in _RUN.finditer(text) for word in _words_of_run(run[0], run.start())]


def texts_of(text: str) -> list[str]:
    """Return the same words without their places, for a fifth of the time where a text is in plain letters."""
    if text.isascii():
        return [run[:WORD_MAX_CHARS] for run in _ASCII_WORD.findall(text.lower())]
    return [word.text for word in words_of(text)]


def is_unspaced(word: str) -> bool:
    """Whether the word is of a script that is written without spaces."""
    return bool(_unspaced.match(word))


def _words_of_run(run: str, start: int) -> Iterable[Word]:
    if not _unspaced.search(run):
        return _folded_words(run, start, start + len(run))
    return _words_of_parts(run, start)


def _folded_words(part: str, begin: int, end: int) -> list[Word]:
    folded = _fold(part[:FOLDED_MAX_CHARS])
    if folded.isalnum():
        return [Word(folded[:WORD_MAX_CHARS], begin, end)]
    # Composing may have made several words of one letter: ﷺ is four.
    return [Word(word[:WORD_MAX_CHARS], begin, end) for word in _RUN.findall(folded)]


def _words_of_parts(run: str, start: int) -> Iterator[Word]:
    for part in _parts.finditer(run):
        begin, end = start + part.start(), start + part.end()
        if is_unspaced(part[0]):
            for place in range(begin, end):
                yield Word(_fold(run[place - start : min(place + 2, end) - start]), place, min(place + 2, end))
        else:
            yield from _folded_words(part[0], begin, end)


@lru_cache(maxsize=16_384)
def _fold(text: str) -> str:
    """Without case, compatibility forms, and the marks that are written over and under letters, as é and אָ have them.

    Not without the marks that are letters to those who write them: Indic vowels, the dots of が, Thai tones within words.
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", _ORNAMENTS.sub("", decomposed))
