"""Classes of characters for regular expressions that stay fast beyond the first 65,536 characters. Pure."""

from collections.abc import Callable, Iterator
from itertools import chain, groupby

BEYOND_BITMAP = 0x10000
# What is further on is Han, for private use or not assigned, but for the tags and variation selectors: nobody's class.
_END, _TAGS, _END_OF_TAGS = 0x20000, 0xE0000, 0xE0200


def character_class(belongs: Callable[[str], bool]) -> str:
    """Return an expression for one character that belongs, to be compiled when its module is imported: it takes 50 ms.

    Python looks up a class of characters below 65,536 in a bitmap, and walks through all ranges above for every character that
    does not belong: 1,000 of them made a text of 8,000 letters take 70 ms. So those are looked at only where one stands.
    """
    below = "".join(ranges(belongs, 0, BEYOND_BITMAP))
    above = "".join(chain(ranges(belongs, BEYOND_BITMAP, _END), ranges(belongs, _TAGS, _END_OF_TAGS)))
    return f"(?:[{below}]|(?=[\\U00010000-\\U0010ffff])[{above}])"


def ranges(belongs: Callable[[str], bool], start: int, end: int) -> Iterator[str]:
    """Give the ranges of a class, as they are written in an expression."""
    for does, codes in groupby(range(start, end), lambda code: belongs(chr(code))):
        if does:
            first, *rest = codes
            yield f"\\U{first:08x}-\\U{rest[-1]:08x}" if rest else f"\\U{first:08x}"
