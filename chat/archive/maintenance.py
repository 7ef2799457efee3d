"""What keeps the archive small: done a part at a time by the process that archives, once a minute."""

import time

from chat.archive.free_space import give_back
from chat.archive.search.indexing import forget_deleted

EVERY_SECONDS = 60.0


class Maintenance:
    """Costs an idle server a few short reads a minute."""

    def __init__(self) -> None:
        self._due_at = 0.0

    def turn(self) -> None:
        """Do what is due; what is not done in one part goes on in the next turn."""
        if time.monotonic() < self._due_at:
            return
        has_more = forget_deleted() or give_back()
        if not has_more:
            self._due_at = time.monotonic() + EVERY_SECONDS
