"""Moments as JSON tells of them."""

from datetime import datetime


def milliseconds(moment: datetime | None) -> int | None:
    """Return the milliseconds since 1970, UTC."""
    return None if moment is None else round(moment.timestamp() * 1000)
