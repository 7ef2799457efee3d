"""Asks every part of the installation how it is: side by side, with an end to the waiting, and at most once a second."""

import logging
import time
from collections.abc import Callable, Mapping

import gevent
from gevent.lock import BoundedSemaphore

log = logging.getLogger(__name__)

OK, UNAVAILABLE = "ok", "unavailable"
# With these a process can serve: what the administrator can do without, and rooms that are recovered when they are asked for.
WAIVED, RECOVERING = "waived", "recovering"
SERVING = {OK, WAIVED, RECOVERING}
# However many ask, each part is looked at no more often than this.
FRESH_SECONDS = 1.0
# A frozen store keeps whoever asks waiting for no longer than this.
ANSWER_SECONDS = 2.0

Check = Callable[[], str]


class Readiness:
    """The checks by name; each returns one word, `ok` or what is wrong."""

    def __init__(self, checks: Mapping[str, Check]) -> None:
        self._checks = checks
        self._looking = BoundedSemaphore()
        self._looked_at = -FRESH_SECONDS
        self._parts: dict[str, str] = {}

    def parts(self) -> Mapping[str, str]:
        """Return each part's word, at most a second old."""
        with self._looking:  # callers that come meanwhile share the answer
            if time.monotonic() - self._looked_at >= FRESH_SECONDS:
                self._parts = self._look()
                self._looked_at = time.monotonic()
            return self._parts

    def _look(self) -> dict[str, str]:
        running = {name: gevent.spawn(_word, name, check) for name, check in self._checks.items()}
        gevent.joinall(list(running.values()), timeout=ANSWER_SECONDS)
        words = {name: greenlet.value if greenlet.successful() else UNAVAILABLE for name, greenlet in running.items()}
        gevent.killall([greenlet for greenlet in running.values() if not greenlet.dead], block=False)
        return words


def _word(name: str, check: Check) -> str:
    try:
        return check()
    except Exception:
        log.exception("The readiness check of %s failed", name)
        return UNAVAILABLE
