"""How large the database was, measured once a day (UTC)."""

from collections.abc import Sequence
from datetime import date, timedelta

import redis

from chat.live.redis import keys
from chat.live.redis.client import answering

KEPT = timedelta(days=31)


class DatabaseSizeStore:
    """A number a day and kind of database: after a move to another one, its growth is measured again."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    def note(self, vendor: str, day: date, size: int) -> None:
        """Keep the size in bytes, unless that day has one: the first is kept, so that days are compared at one hour."""
        with answering():
            self._client.set(keys.database_size(vendor, day), size, ex=KEPT, nx=True)

    def of(self, vendor: str, days: Sequence[date]) -> dict[date, int]:
        """Return the sizes in bytes of those of the days that have one."""
        with answering(), self._client.pipeline(transaction=False) as pipeline:
            for day in days:
                pipeline.get(keys.database_size(vendor, day))
            return {day: int(size) for day, size in zip(days, pipeline.execute(), strict=True) if size is not None}
