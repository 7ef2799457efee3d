"""Cuts long texts for lists. Pure."""

import unicodedata

LONGEST_LETTER = 32  # characters that are looked back at for the begin of one emoji
_JOINER = "\u200d"
_MARKS = {"Mn", "Me", "Mc"}


def shortened(text: str, most: int) -> str:
    """Return at most `most` characters, with "…" for the rest; no emoji is cut in half, and no letter loses its marks."""
    if len(text) <= most:
        return text
    end = most - 1
    first = max(1, end - LONGEST_LETTER)
    border = next((at for at in range(end, first, -1) if not _continues(text, at)), end)
    return text[:border] + "…"


def _continues(text: str, at: int) -> bool:
    """Whether a character belongs to the one before it."""
    letter, before = text[at], text[at - 1]
    if _JOINER in (letter, before) or unicodedata.category(letter) in _MARKS:
        return True
    if "\U0001f3fb" <= letter <= "\U0001f3ff" or "\U000e0020" <= letter <= "\U000e007f":  # a skin colour, a part of a flag
        return True
    return _is_flag_letter(letter) and _flag_letters_before(text, at) % 2 == 1


def _flag_letters_before(text: str, at: int) -> int:
    start = at
    while start > 0 and _is_flag_letter(text[start - 1]):
        start -= 1
    return at - start


def _is_flag_letter(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"
