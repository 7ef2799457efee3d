"""How much one person may do: a bucket of tokens for each kind of thing, in Redis's own time."""

from collections.abc import Sequence
from typing import NamedTuple

from chat.domain.errors import ChatError, Code
from chat.domain.types import UserId
from chat.live.redis import keys
from chat.live.redis.calls import Call
from chat.live.redis.scripts import ScriptRunner


class Limit(NamedTuple):
    """So many at once, and as many again after so many ms; 0 is no limit."""

    most: int = 0
    period_ms: int = 0


NO_LIMIT = Limit()


class LimitStore:
    """The buckets of what is not done in one room. What is, is limited by the room's own scripts, in the same step."""

    def __init__(self, scripts: ScriptRunner) -> None:
        self._scripts = scripts

    def report(self, user_id: UserId, counts: Sequence[tuple[str, Limit, int]]) -> list[int]:
        """Take tokens that were used already, of each name so many; return for how many ms the person is beyond each limit."""
        calls = [
            Call("limit", {"user_limit": keys.user_limit(user_id, name)}, {**limit._asdict(), "count": count})
            for name, limit, count in counts
        ]
        return [int(wait_ms) for wait_ms in self._scripts.run_many(calls)]

    def take(self, user_id: UserId, name: str, limit: Limit) -> None:
        """Take a token; raises rate_limited when there is none."""
        if limit.most:
            [wait_ms] = self.report(user_id, [(name, limit, 1)])
            if wait_ms:
                raise ChatError(Code.RATE_LIMITED, retry_in=wait_ms / 1000)
