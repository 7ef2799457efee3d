"""Many messages of one person at once: gone from every screen, or back."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from chat.domain.types import RoomId, UserId
from chat.live.limits import NO_LIMIT
from chat.live.messages.amendments import amended_keys, asking
from chat.live.redis.answers import refuse, require_this_run
from chat.live.redis.calls import Argument
from chat.live.redis.scripts import ScriptRunner

# A script holds up everyone while it runs: some 5 ms for so many.
MESSAGES_PER_CALL = 250

Direction = Literal["purge", "unpurge"]


class Purged(NamedTuple):
    """How many messages were changed, and which have left the live log and must be warmed first."""

    changed: int
    archived: list[int]


class PurgeStore:
    """Each message is amended by itself and told by itself, so that whoever knows of deletions knows of purges."""

    def __init__(self, scripts: ScriptRunner) -> None:
        self._scripts = scripts

    def run(self, direction: Direction, room_id: RoomId, by: UserId, author: UserId, purge: str, seqs: Sequence[int]) -> Purged:
        """Purge, or bring back what this purge took; at most MESSAGES_PER_CALL. Raises RoomsInEarlierRun, ChatError."""
        about: dict[str, Argument] = {"direction": direction, "author": author, "purge": purge}
        asked = asking(room_id, by, 0, True, NO_LIMIT)
        answer = self._scripts.run("purge", amended_keys(room_id, by, 0), asked | about, seqs)
        require_this_run([room_id], [answer])
        if answer.status == b"refused":
            refuse(answer)
        return Purged(int(answer.changed), [int(seq) for seq in answer.archived])
