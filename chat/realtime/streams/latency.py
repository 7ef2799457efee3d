"""Measures how long messages take from their number in Redis to the sockets of this process.

It costs less than a microsecond a message, whatever the number of recipients; the counts are added to Redis every few seconds.
"""

import time
from collections import Counter
from datetime import UTC, datetime

from chat.domain.errors import ChatError
from chat.live.statistics.latency import DeliveryStore

# `append.lua` writes it before anything that a person wrote, with 13 digits until the year 2286.
_SENT_AT = b'"sent_at":'
_DIGITS = 13
LONGEST_MS = 10_000


class DeliveryMeter:
    """Counts messages by ms. Two machines' clocks can differ: a message that seems to come before it was sent counts as 0."""

    def __init__(self, store: DeliveryStore) -> None:
        self._store = store
        self._took: Counter[int] = Counter()
        self._gaps = 0

    def note(self, message: bytes) -> None:
        """Count a message that is delivered now."""
        start = message.find(_SENT_AT) + len(_SENT_AT)
        ms = int(time.time() * 1000) - int(message[start : start + _DIGITS])
        self._took[min(max(ms, 0), LONGEST_MS)] += 1

    def note_gap(self, messages: int) -> None:
        """Count messages that were read from the log because the subscription had missed them."""
        self._gaps += messages

    def flush(self) -> None:
        """Add the counts to those of all processes in Redis; keeps them until the next call if that fails (ChatError)."""
        took, gaps = self._took, self._gaps
        if not took and not gaps:
            return
        self._took, self._gaps = Counter(), 0
        try:
            self._store.add(datetime.now(UTC), took, gaps)
        except ChatError:
            self._took += took
            self._gaps += gaps
            raise
