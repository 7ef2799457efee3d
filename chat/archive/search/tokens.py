"""The words of a text as search knows them: the same for what is indexed, what is asked for and what is marked. Pure.

A word is a run of letters, marks and digits, folded so that "Café", "CAFÉ" and "cafe" are one. Scripts that are written
without spaces have no such runs: of those every two neighbouring characters are a word, and the last one by itself. Each
symbol beyond ASCII is a word. Signs that belong to a name are in a second word: "C++" is "c" and "c++", "C#" is "c" and "c#".
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from accounts.names.ignorable import without_ignorable
from bounds.characters import character_class
from chat.domain.letters import plain_letters

WORD_MAX_CHARS = 64
# A word is looked up by its beginning. With marks that folding takes off, this is enough of it.
FOLDED_MAX_CHARS = 256

# Han, Kana and Bopomofo; Thai, Lao, Tibetan, Myanmar, Khmer: the ideographic marks among them, the punctuation not.
_UNSPACED = "\u3005-\u3007\u3040-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
_UNSPACED += "\u0e01-\u0e4e\u0e80-\u0ece\u0f40-\u0f84\u1000-\u1049\u1780-\u17d3"
_unspaced = re.compile(f"[{_UNSPACED}]+")
_parts = re.compile(f"[{_UNSPACED}]+|[^{_UNSPACED}]+")
_ASCII_WORD = re.compile(r"[A-Za-z0-9]+(?:\+\+|\+(?![A-Za-z0-9+])|#(?![A-Za-z#]))?")
_SIGN = re.compile(r"\+\+|\+(?![^\W_]|\+)|#(?![^\W\d_]|#)")
_SIGNS = "+#"
# Arrows, signs of currencies and sums, pictographs; not the lines and blocks of which tables and pictures are drawn.
_SYMBOLS = "\u00a2-\u00a9\u00ac\u00ae-\u00b1\u00b4\u00b6\u00d7\u00f7\u2020-\u2021\u2030-\u2031\u20a0-\u20cf\u2100-\u24ff"
_SYMBOLS += "\u25a0-\u27ff\u2900-\u2bff\u3004\u3012\u3030\u303d\u3200-\u33ff\U0001d100-\U0001d1ff\U0001f000-\U0001faff"
# Where a line may break, or nothing at all: within a word these are not seen.
_UNSEEN = "\u00ad\u200b\u200e\u200f\u2060\ufeff"

# By Unicode's canonical combining class: 10 to 35 are Hebrew and Arabic points, from 200 on stand around any letter.
_ORNAMENTS = re.compile(
    character_class(lambda char: 10 <= unicodedata.combining(char) <= 35 or unicodedata.combining(char) >= 200)
)
_MARKS = character_class(lambda char: "\u0300" <= char < "\U0001f000" and unicodedata.category(char)[0] == "M")
# Letters and digits as `\w` has them, with the marks that belong to them, which it leaves out; or one symbol.
_RUN = re.compile(rf"[^\W_](?:[^\W_]++|{_MARKS}++|[{_UNSEEN}]++(?=[^\W_]))*|[{_SYMBOLS}]")


class Word(NamedTuple):
    """A folded word, and where it stands in the text."""

    text: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """Return the words of a text that is composed (NFC), in order."""
    if text.isascii():
        return [word for run in _ASCII_WORD.finditer(text) for word in _with_sign_or_without(run[0].lower(), *run.span())]
    return [word for run in _RUN.finditer(text) for word in _words_with_sign(run[0], run.start(), _sign_at(text, run.end()))]


def texts_of(text: str) -> list[str]:
    """Return the same words without their places, for a fifth of the time where a text is in plain letters."""
    if text.isascii():
        runs = _ASCII_WORD.findall(text.lower())
        if "+" in text or "#" in text:
            return [word.text for run in runs for word in _with_sign_or_without(run, 0, len(run))]
        return [run[:WORD_MAX_CHARS] for run in runs]
    return [word.text for word in words_of(text)]


def is_unspaced(word: str) -> bool:
    """Whether the word is of a script that is written without spaces."""
    return bool(_unspaced.match(word))


def _with_sign_or_without(run: str, start: int, end: int) -> list[Word]:
    plain = run.rstrip(_SIGNS)
    word = Word(plain[:WORD_MAX_CHARS], start, start + len(plain))
    return [word] if plain == run else [word, _signed(word, run[len(plain) :], end)]


def _sign_at(text: str, place: int) -> re.Match[str] | None:
    return _SIGN.match(text, place) if text[place : place + 1] in ("+", "#") else None


def _words_with_sign(run: str, start: int, sign: re.Match[str] | None) -> list[Word]:
    words = list(_words_of_run(run, start))
    if sign and words and words[-1].text.isalnum() and not is_unspaced(words[-1].text):
        words.append(_signed(words[-1], sign[0], sign.end()))
    return words


def _signed(word: Word, sign: str, end: int) -> Word:
    return Word((word.text + sign)[:WORD_MAX_CHARS], word.start, end)


def _words_of_run(run: str, start: int) -> Iterable[Word]:
    if not _unspaced.search(run):
        return _folded_words(run, start, start + len(run))
    return _words_of_parts(run, start)


def _folded_words(part: str, begin: int, end: int) -> list[Word]:
    return [Word(text, begin, end) for text in _folded_texts(part[:FOLDED_MAX_CHARS])]


@lru_cache(maxsize=16_384)
def _folded_texts(part: str) -> tuple[str, ...]:
    folded = _fold(part)
    if folded.isalnum():
        return (folded[:WORD_MAX_CHARS],)
    # Composing may have made several words of one letter: ﷺ is four.
    return tuple(word[:WORD_MAX_CHARS] for word in _RUN.findall(folded))


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
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", without_ignorable(text)).casefold())
    return plain_letters(unicodedata.normalize("NFC", _ORNAMENTS.sub("", decomposed)))
