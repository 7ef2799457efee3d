"""Lengths of time, as in 30m, 24h or 7d."""

import re

SECONDS = {"m": 60, "h": 3_600, "d": 86_400}


def period(name: str, text: str) -> int:
    """Return the variable's length of time in seconds. Raises ValueError."""
    found = re.fullmatch(r"([1-9]\d{0,3})([mhd])", text, re.ASCII)
    if not found:
        raise ValueError(f'{name} must be written as in 30m, 24h or 7d, not as in "{text}"')
    return int(found[1]) * SECONDS[found[2]]
