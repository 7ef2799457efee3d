"""How often one person may do something that costs much, on all processes together."""

from typing import NamedTuple

from chat.entities import UserId
from chat.errors import ChatError, Code
from chat.stores import keys
from chat.stores.script import ScriptRunner


class Limit(NamedTuple):
    """So many at once, and then one every so many ms."""

    name: str
    burst: int
    every_ms: int


class LimitStore:
    """Token buckets, one a person and limit."""

    def __init__(self, scripts: ScriptRunner) -> None:
        self._scripts = scripts

    def take(self, limit: Limit, user_id: UserId) -> None:
        """Use up one turn; raises rate_limited with the time until there is another, or unavailable."""
        wait = int(self._scripts.run("limit", [keys.limit(user_id, limit.name)], [limit.burst, limit.every_ms]))
        if wait:
            raise ChatError(Code.RATE_LIMITED, retry_in=wait / 1000)
