"""Of the servers that use one database, all have to use one Redis.

Two live states of one record would give the same numbers to different messages, and the archive would keep one of each. So
each live state has a name; the record says which one serves it, and holds a count that its servers raise. No clocks are
compared: a server whose count stands still is gone.
"""

import logging
import time
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import F

from chat.live.live_state import live_state
from chat.models import Installation
from project.server.errors import StartError

BEAT_SECONDS = 2.0
# Within it a running server has raised the count, also on a busy machine.
WATCH_SECONDS = 6.0
LOOK_SECONDS = 0.2

log = logging.getLogger(__name__)


def is_needed() -> bool:
    """Return whether another process could use this database with another Redis: not where both are in our DATA_DIR."""
    return settings.SHARES_STORES or Path(settings.DATABASES["default"]["NAME"]).parent != settings.DATA_DIR


class OneLiveState:
    """One process's part: `claim` at the start, then `beat` every BEAT_SECONDS."""

    def __init__(self) -> None:
        self._ours = ""
        self._is_refused = False

    def claim(self) -> None:
        """Note in the record that our Redis serves it. Raises StartError while servers with another one run."""
        self._ours = live_state().runs.live_state_name()
        try:
            while not self._take(["", self._ours]):
                before = Installation.objects.this()
                _refuse_if_served(before)
                self._take([before.live_state], beat=before.beat)
        finally:
            connection.close()

    def beat(self) -> None:
        """Raise the count. A Redis that lost its data has a new name, which takes the place of the old one."""
        known = [self._ours, live_state().runs.live_state_name()]
        self._ours = known[-1]
        refused = not self._take(known)
        if refused and not self._is_refused:
            log.error("Servers with another Redis serve this database, too, and messages will be lost: stop one or the other")
        self._is_refused = refused

    def _take(self, known: Iterable[str], **facts: int) -> bool:
        rows = Installation.objects.filter(pk=1, live_state__in=known, **facts)
        return bool(rows.update(live_state=self._ours, beat=F("beat") + 1))


def _refuse_if_served(before: Installation) -> None:
    """Raise StartError if anybody raises the count while we look."""
    deadline = time.monotonic() + WATCH_SECONDS
    while time.monotonic() < deadline:
        # Not a race that is waited out: silence of a whole WATCH_SECONDS is what is asked for.
        time.sleep(LOOK_SECONDS)
        if Installation.objects.this().beat != before.beat:
            raise StartError(
                "another server of this installation uses another Redis; give all of them the same REDIS_URL and REDIS_PREFIX"
            )
