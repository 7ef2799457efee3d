"""Buckets of tokens in this process: the first fence, which costs no round trip and is passed before anything else is done.

They limit what one person makes this process do. What is limited over all processes is reported to Redis from time to time,
together with something that is asked there anyway; where the person is beyond the limit there, they are held up here.
"""

import time
from collections import OrderedDict
from collections.abc import Sequence
from typing import NamedTuple

from chat.domain.errors import ChatError, Code
from chat.domain.types import UserId
from chat.live.limits import Limit

# The least active are forgotten first: a flood of theirs would begin with a full bucket again.
MOST_KNOWN = 20_000
# A report is due when such a part of the limit is used: ordinary messages then cost Redis nothing more.
REPORTED_PARTS = 8

Key = tuple[UserId, str]


class Count(NamedTuple):
    """So much of a limit was used, and Redis does not know it."""

    name: str
    limit: Limit
    used: int


class _Bucket:
    """`full_at` in seconds of time.monotonic()."""

    __slots__ = ("full_at", "limit", "unreported")

    def __init__(self) -> None:
        self.full_at = 0.0
        self.limit = Limit()
        self.unreported = 0

    @property
    def is_due(self) -> bool:
        return self.limit.most > 0 and self.unreported * REPORTED_PARTS >= self.limit.most

    def reported(self) -> int:
        count, self.unreported = min(self.unreported, self.limit.most), 0
        return count


class LocalLimits:
    """One bucket for each person and kind of thing. All take constant time."""

    def __init__(self) -> None:
        self._buckets: OrderedDict[Key, _Bucket] = OrderedDict()

    def take(self, user_id: UserId, name: str, limit: Limit, count: int = 1) -> None:
        """Take tokens; raises rate_limited when there are too few. More than the bucket holds count as all of it."""
        if not limit.most:
            return
        bucket, now = self._bucket((user_id, name)), time.monotonic()
        period = limit.period_ms / 1000
        full_at = max(bucket.full_at, now) + period * min(count, limit.most) / limit.most
        if full_at - now > period:
            raise ChatError(Code.RATE_LIMITED, retry_in=full_at - now - period)
        bucket.full_at, bucket.limit = full_at, limit
        bucket.unreported += count

    def is_due(self, user_id: UserId, names: Sequence[str]) -> bool:
        """Whether Redis should be told of any of these now."""
        for name in names:
            bucket = self._buckets.get((user_id, name))
            if bucket is not None and bucket.is_due:
                return True
        return False

    def due(self, user_id: UserId, names: Sequence[str]) -> list[Count]:
        """Return what Redis should be told now; it then counts as told."""
        due = [(name, self._buckets.get((user_id, name))) for name in names]
        return [Count(name, bucket.limit, bucket.reported()) for name, bucket in due if bucket and bucket.is_due]

    def hold(self, user_id: UserId, count: Count, wait_ms: int) -> None:
        """Hold somebody up who is beyond the limit over all processes."""
        if wait_ms:
            self._bucket((user_id, count.name)).full_at = time.monotonic() + (wait_ms + count.limit.period_ms) / 1000

    def _bucket(self, key: Key) -> _Bucket:
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = _Bucket()
            if len(self._buckets) > MOST_KNOWN:
                self._buckets.popitem(last=False)
        self._buckets.move_to_end(key)
        return bucket
