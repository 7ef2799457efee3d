"""Days as people write them in a search. Pure."""

import re
from datetime import date, timedelta

from django.utils.translation import gettext

_AGO = re.compile(r"([0-9]{1,4})([dwmy])")
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
_EARLIEST = date(1970, 1, 1)


def day_of(value: str, today: date) -> date | None:
    """Return the day that is meant by 2026-11-24, today, yesterday, 7d, 2w, 3m or 1y; None for anything else."""
    value = value.lower()
    if value in ("today", gettext("Today").lower()):
        return today
    if value in ("yesterday", gettext("Yesterday").lower()):
        return today - timedelta(days=1)
    if found := _AGO.fullmatch(value):
        return max(_EARLIEST, today - min(timedelta(days=int(found[1]) * _DAYS[found[2]]), today - _EARLIEST))
    try:
        return date.fromisoformat(value) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) else None
    except ValueError:
        return None
