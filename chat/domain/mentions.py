"""Whom a text names: `@handle`, and `@room` for everyone. Pure: whose handle it is, the room's live state knows."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from chat.domain.mention_paragraphs import naming_paragraphs

MOST_NAMED = 20
LONGEST_HANDLE = 30
EVERYONE = "room"
# Members: in a larger room only who moderates it may call everyone, or one press of a key disturbs thousands.
EVERYONE_UP_TO = 30

# Only a Latin letter, a digit or "_" beside a name forbids it (not both marks of "_@ada_"); so does a path or an escaped sign.
_NAME = re.compile(
    r"(?:(?<![A-Za-z0-9_@\\])(?<![A-Za-z0-9_.~-]/)|(?<=_)(?<![A-Za-z0-9_]_)(?=@[A-Za-z0-9._-]{1,40}_(?![A-Za-z0-9_@])))"
    r"@([A-Za-z0-9][A-Za-z0-9._-]*)(?![A-Za-z0-9_@])"
)
# What keyboards of Chinese, Japanese and Korean write.
_FULL_WIDTH = "\uff20"
# What the page makes a link of.
_ADDRESS = re.compile(r"https?://[^\s@/][!-;=?-_a-~]*|\[[^\[\]\n]*\]\((?:https?://|mailto:|/rooms/)[^\s()]*\)")
_TICKS = re.compile(r"(`+)")


class Named(NamedTuple):
    """Whether everyone is named, and how each other name may be spelt: "al.so al" where a sentence may have ended."""

    everyone: bool = False
    names: tuple[str, ...] = ()


NOBODY = Named()


def named_in(text: str) -> Named:
    """Return whom a text names, each once and the first few only; code and quotations name nobody."""
    text = text.replace(_FULL_WIDTH, "@")
    if "@" not in text:
        return NOBODY
    prose = "\n".join(_ADDRESS.sub(" ", _without_code(paragraph)) for paragraph in naming_paragraphs(text))
    found = dict.fromkeys(name[: LONGEST_HANDLE + 1].lower() for name in _names(prose))
    calls_everyone = any(name.rstrip("._-") == EVERYONE for name in found)
    spelt = (" ".join(_spellings(name)) for name in found)
    names = tuple(islice((name for name in spelt if name and name != EVERYONE), MOST_NAMED))
    return Named(calls_everyone, names)


def _names(prose: str) -> Iterator[str]:
    """The names behind the signs. A search for the whole expression tried it at each letter: 1 ms where there is no sign."""
    at = prose.find("@")
    while at >= 0:
        if found := _NAME.match(prose, at):
            yield found[1]
        at = prose.find("@", at + 1)


def _spellings(name: str) -> list[str]:
    """The name as it was found, and without what may be the next sentence: the longest first.

    It was cut to one character more than a handle has: joining all prefixes takes quadratic time, and longer ones are nobody's.
    """
    parts = re.split(r"([._-]+)", name)
    spelt = ["".join(parts[: end + 1]) for end in range(len(parts) - 1, -1, -2)]
    return [each for each in spelt if each[-1] not in "._-" and len(each) <= LONGEST_HANDLE][:MOST_NAMED]


def _without_code(paragraph: str) -> str:
    """Without code spans: what stands between two runs of as many backticks."""
    parts = _TICKS.split(paragraph)
    runs: dict[int, list[int]] = defaultdict(list)
    for index in range(1, len(parts), 2):
        runs[len(parts[index])].append(index)
    kept: list[str] = []
    index = 0
    while index < len(parts):
        if index % 2:
            same = runs[len(parts[index])]
            after = bisect_right(same, index)
            if after < len(same):
                index = same[after]
        kept.append(" " if index % 2 else parts[index])
        index += 1
    return "".join(kept)
