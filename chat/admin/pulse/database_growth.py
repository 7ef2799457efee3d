"""How fast the database grows, and when its disk will be full."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import mean

from django.db import connection

from chat.archive.maintenance.database_size import database_bytes, free_bytes
from chat.domain.errors import ChatError
from chat.live.live_state import live_state
from chat.live.statistics.database_sizes import KEPT

# Of fewer days nothing can be said: one large import would fill the disk by next week.
LEAST_DAYS = 3
# A date further away than this says no more than "not soon".
MOST_DAYS = 3_650


@dataclass(frozen=True)
class DatabaseGrowth:
    """The present size, and of the last days those sizes that were measured, in bytes; `free` None: not known."""

    size: int
    free: int | None
    by_day: Mapping[date, int]

    @property
    def per_day(self) -> float | None:
        """Bytes a day; None before LEAST_DAYS were measured. Without the days of most and least, as soon as some remain.

        One import or one VACUUM must not change the date, and a median would not see growth on two days of a week.
        """
        if len(self.by_day) < LEAST_DAYS:
            return None
        pairs = pairwise(sorted(self.by_day.items()))
        growths = sorted((later - earlier) / (day - before).days for (before, earlier), (day, later) in pairs)
        return mean(growths[1:-1] if len(growths) > LEAST_DAYS else growths)

    def days_left(self) -> int | None:
        """Return in how many days the disk will be full; None if it does not fill, or not within MOST_DAYS."""
        growth = self.per_day
        if self.free is None or growth is None or growth <= 0 or self.free / growth > MOST_DAYS:
            return None
        return int(self.free / growth)


def database_growth(now: datetime) -> DatabaseGrowth:
    """Return it; while Redis does not answer, without the last days."""
    size = database_bytes()
    try:
        by_day = _measured(now.date())
    except ChatError:
        by_day = {}
    return DatabaseGrowth(size, free_bytes(), by_day)


def _measured(today: date) -> dict[date, int]:
    days = [today - timedelta(days=ago) for ago in range(KEPT.days - 1, -1, -1)]
    return live_state().database_sizes.of(connection.vendor, days)
