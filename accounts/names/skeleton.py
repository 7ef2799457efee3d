"""How a text looks: two texts with the same skeleton are easily taken for one another.

After the skeleton of UTS #39 (Unicode Security Mechanisms), which also takes small and capital letters for the same here.
"""

import unicodedata
from functools import cache

from accounts.names.ignorable import without_ignorable

# The table calls them by their lookalikes; left-to-right marks stand around those that are written from right to left.
_MARK = "\u200e"
# A lookalike can be written by several letters; twice what a name has is enough to tell two names apart.
SKELETON_MAX_CHARS = 120


def skeleton(text: str) -> str:
    """Return the skeleton of a short text: no spaces, no styles, no accents moved, lookalikes by one spelling."""
    visible = "".join(without_ignorable(unicodedata.normalize("NFKD", text)).split())
    # Once before the letters become small, since a capital I looks like an l, and once after.
    folded = _prototypes(_prototypes(visible).casefold())
    return unicodedata.normalize("NFC", folded.replace("i", "l"))[:SKELETON_MAX_CHARS]


def _prototypes(text: str) -> str:
    table = _table()
    return "".join(table.get(char, char) for char in text)


def read_table() -> None:
    """Read the table now, at the start, and not while others wait: it takes 30 ms."""
    _table()


@cache
def _table() -> dict[str, str]:
    """Return character -> the one spelling of all its lookalikes."""
    from confusable_homoglyphs.confusables import confusables_data

    classes: dict[str, set[str]] = {}
    for one, others in confusables_data.items():
        _unite(classes, one.strip(_MARK), [other["c"].strip(_MARK) for other in others])
    return {char: _spelling(group) for char, group in classes.items() if len(char) == 1}


def _unite(classes: dict[str, set[str]], one: str, others: list[str]) -> None:
    merged = set().union(*(classes.get(each, {each}) for each in (one, *others)))
    for each in merged:
        classes[each] = merged


def _spelling(group: set[str]) -> str:
    """Return one of a class: of several letters where there is one ("rn" for "m"), else a plain letter before a digit."""
    return min(group, key=lambda each: (len(each) == 1, not each.isascii(), not each.isalpha(), not each.islower(), each))
