"""What keeps the archive small, and measures it: done a part at a time by the process that archives, once a minute."""

import time
from datetime import UTC, date, datetime

from django.db import connection

from chat.archive.maintenance.database_size import database_bytes
from chat.archive.maintenance.free_space import give_back
from chat.archive.search.indexing import forget_deleted
from chat.archive.search.rebuilding import go_on
from chat.live.statistics.database_sizes import DatabaseSizeStore

EVERY_SECONDS = 60.0


class Maintenance:
    """Costs an idle server a few short reads a minute."""

    def __init__(self, sizes: DatabaseSizeStore) -> None:
        self._sizes = sizes
        self._due_at = 0.0
        self._measured_on: date | None = None

    def be_due(self) -> None:
        """Do the next part in the next turn: a rebuild has begun."""
        self._due_at = 0.0

    def turn(self) -> None:
        """Do what is due; what is not done in one part goes on in the next turn."""
        if time.monotonic() < self._due_at:
            return
        has_more = forget_deleted() or go_on() or give_back()
        if not has_more:
            self._measure(datetime.now(UTC).date())
            self._due_at = time.monotonic() + EVERY_SECONDS

    def _measure(self, today: date) -> None:
        if self._measured_on != today:
            self._sizes.note(connection.vendor, today, database_bytes())
            self._measured_on = today
