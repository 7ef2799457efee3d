"""Whom a text names: `@handle`, and `@room` for everyone. Pure: whose handle it is, the room's live state knows."""

import re
from bisect import bisect_right
from collections import defaultdict
from itertools import islice
from typing import NamedTuple

MOST_NAMED = 20
LONGEST_HANDLE = 30
EVERYONE = "room"
# Members: in a larger room only who moderates it may call everyone, or one press of a key disturbs thousands.
EVERYONE_UP_TO = 30

# Not within an address, a path or a word, and not where the sign was escaped.
_NAME = re.compile(r"(?<![^\W_])(?<![@\\/.+-])@([A-Za-z0-9][A-Za-z0-9._-]*)(?![\w@])")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_TICKS = re.compile(r"(`+)")


class Named(NamedTuple):
    """Whether everyone is named, and how each other name may be spelt: "al.so al" where a sentence may have ended."""

    everyone: bool = False
    names: tuple[str, ...] = ()


NOBODY = Named()


def named_in(text: str) -> Named:
    """Return whom a text names, each once and the first few only; code and quotations name nobody."""
    if "@" not in text:
        return NOBODY
    prose = "\n".join(_without_code(paragraph) for paragraph in _paragraphs(text))
    found = dict.fromkeys(name[: LONGEST_HANDLE + 1].lower() for name in _NAME.findall(prose))
    calls_everyone = any(name.rstrip("._-") == EVERYONE for name in found)
    spelt = (" ".join(_spellings(name)) for name in found)
    names = tuple(islice((name for name in spelt if name and name != EVERYONE), MOST_NAMED))
    return Named(calls_everyone, names)


def _spellings(name: str) -> list[str]:
    """The name as it was found, and without what may be the next sentence: the longest first.

    It was cut to one character more than a handle has: joining all prefixes takes quadratic time, and longer ones are nobody's.
    """
    parts = re.split(r"([._-]+)", name)
    spelt = ["".join(parts[: end + 1]) for end in range(len(parts) - 1, -1, -2)]
    return [each for each in spelt if each[-1] not in "._-" and len(each) <= LONGEST_HANDLE][:MOST_NAMED]


def _paragraphs(text: str) -> list[str]:
    """What is neither quoted nor fenced code; a fence that is never closed reaches to the end, as in Markdown."""
    paragraphs: list[list[str]] = [[]]
    fence = ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if not fence and not mark and line.strip() and not line.lstrip().startswith(">"):
            paragraphs[-1].append(line)
            continue
        paragraphs.append([])
        if not fence:
            fence = mark[1] if mark else ""
        elif mark and mark[1].startswith(fence) and not line.strip(f" {fence[0]}"):
            fence = ""
    return ["\n".join(lines) for lines in paragraphs if lines]


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
