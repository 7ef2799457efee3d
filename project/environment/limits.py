"""What one person can do in a time, by the LIMIT_ variables."""

import re

from environs import validate

from project.environment.reading import env

# Name and usual limit; the first three are counted in each room, those below them over all rooms of a person.
USUAL = {
    "MESSAGES": "60/15s",
    "CHANGES": "60/30s",
    "REPEATS": "3/m",
    "ALL_MESSAGES": "120/30s",
    "BYTES": "500000/m",
    "ALL_CHANGES": "120/30s",
    "READS": "300/30s",
    "SYNCS": "30/30s",
    # Typing and status; a page tells at most one of each in a second and a half.
    "SIGNALS": "20/10s",
    # Twenty tabs that come back after a restart, some of them more than once.
    "CONNECTS": "120/m",
    "ACTS": "60/m",
    "JOINS": "60/m",
    # Each address costs one: mail to strangers is what a spammer wants of a server.
    "INVITATIONS": "30/h",
    "ROOMS": "20/h",
    "REPORTS": "20/h",
    "HELD": "10/h",
    # The suggestions while somebody types ask about twice a second.
    "SEARCHES": "20/10s",
}
# What a person can have at once: connections (to one process), rooms that they are in.
CAPS = {"CONNECTIONS": 20, "JOINED_ROOMS": 1_000, "ANONYMOUS_CONNECTIONS": 500}


def limits() -> dict[str, tuple[int, int]]:
    """Return the limits by lower-case name, (count, ms); all are (0, 0) if LIMITS is off. Raises ValueError."""
    found = {name.lower(): _limit(f"LIMIT_{name}", env.str(f"LIMIT_{name}", usual)) for name, usual in USUAL.items()}
    return found if env.bool("LIMITS", True) else dict.fromkeys(found, (0, 0))


def caps() -> dict[str, int]:
    """Return how much of each thing a person can have at once, by lower-case name; 0 is no limit. Raises ValueError."""
    found = {name.lower(): env.int(f"MOST_{name}", usual, validate=validate.Range(0, 100_000)) for name, usual in CAPS.items()}
    return found if env.bool("LIMITS", True) else dict.fromkeys(found, 0)


def most_own_rooms() -> int | None:
    """Return how many rooms a person can own, None where the owners decide, 0 for no limit. Raises ValueError."""
    found: int | None = env.int("MOST_OWN_ROOMS", None, validate=validate.Range(0, 100_000))
    return found if env.bool("LIMITS", True) else 0


def _limit(name: str, text: str) -> tuple[int, int]:
    """Return how many at once, and the ms after which as many can follow; (0, 0) is no limit."""
    if text == "off":
        return 0, 0
    found = re.fullmatch(r"([1-9]\d{0,6})/([1-9]\d{0,3})?([smhd])", text, re.ASCII)
    if not found:
        raise ValueError(f'{name} must be written as in 60/30s, 20/h or off, not as in "{text}"')
    seconds = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}[found[3]]
    return int(found[1]), int(found[2] or 1) * seconds * 1_000
