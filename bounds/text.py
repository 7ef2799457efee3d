"""Measures a text before anything else touches it: length first, then combining marks, then normalisation. Pure.

Python's normalisation sorts each run of combining marks in quadratic time and holds the interpreter: 300 kB of them took 15 s.
"""

import re
import unicodedata
from typing import Literal

from bounds.characters import BEYOND_BITMAP, ranges

# No writing needs so many; Unicode's own stream-safe format allows 30 (UAX 15, 13).
MARKS_IN_A_ROW = 32
# Composing and stripping may shorten a text; one that is longer than so many times its limit is never normalised.
RAW_FACTOR = 4
# Neither are marks by their category, but both are normalised to one.
_HALFWIDTH_SOUND_MARKS = "\uff9e\uff9f"

Form = Literal["NFC", "NFKC"]


class TextTooLong(ValueError):
    """More characters than `most`."""

    def __init__(self, most: int) -> None:
        super().__init__(f"At most {most} characters are allowed.")
        self.most = most


class TooManyMarks(ValueError):
    """More than MARKS_IN_A_ROW combining marks in a row."""


def require_measured(text: str, most: int) -> None:
    """Raise TextTooLong or TooManyMarks; takes linear time for any text."""
    if len(text) > most:
        raise TextTooLong(most)
    if has_too_many_marks(text):
        raise TooManyMarks


def normalised(form: Form, text: str, most: int) -> str:
    """Return the normal form of a text of at most `most` characters as typed; raises TextTooLong or TooManyMarks."""
    require_measured(text, most)
    return unicodedata.normalize(form, text)


def has_too_many_marks(text: str) -> bool:
    """Whether normalising the text could take more than linear time."""
    if len(text) <= MARKS_IN_A_ROW or text.isascii():
        return False
    return any(_holds_too_many(found[0]) for found in _SUSPICIOUS.finditer(text))


def _holds_too_many(suspicious: str) -> bool:
    return "m" * (MARKS_IN_A_ROW + 1) in "".join("m" if _is_mark(char) else " " for char in suspicious)


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] == "M" or char in _HALFWIDTH_SOUND_MARKS


# Whatever is beyond the first 65,536 characters is looked at by itself: see `characters`. Emoji stand there, too.
_MARKS = "".join(ranges(_is_mark, 0x300, BEYOND_BITMAP))
_SUSPICIOUS = re.compile(f"[{_MARKS}\U00010000-\U0010ffff]{{{MARKS_IN_A_ROW + 1},}}+")
