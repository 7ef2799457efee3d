"""Finds variables that were probably meant for Parley but have another name."""

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import NamedTuple

# At 0.84 HOTMESSAGES, TRUSTED_PROXY and LIMIT_MESSAGE are found, while REDIS_PORT, LOGNAME and HOSTNAME are left alone.
SIMILARITY = 0.84
# Shorter names (HOST, PORT, DEBUG) are too close to names of other programs.
SHORTEST_NAME = 6
# What begins like this is ours or nobody's.
PREFIXES = ("LIMIT_", "NEWCOMER_")


class Misspelt(NamedTuple):
    """A variable that nobody reads, and the closest name that is read ("" if none is close)."""

    name: str
    meant: str


def misspelt(environment: Mapping[str, str], known: Collection[str]) -> list[Misspelt]:
    """Return the misspelt variables of an environment in alphabetical order."""
    by_letters = {_letters(name): name for name in known if len(name) >= SHORTEST_NAME}
    found = []
    for name in sorted(environment):
        if name in known or not name.isupper():
            continue
        close = get_close_matches(_letters(name), by_letters, n=1, cutoff=SIMILARITY)
        if close or name.startswith(PREFIXES):
            found.append(Misspelt(name, by_letters[close[0]] if close else ""))
    return found


def _letters(name: str) -> str:
    return name.replace("_", "")
