"""A store that does not answer: said once when it begins and once when it is over, however many notice it meanwhile."""

import logging
import time

log = logging.getLogger(__name__)


class Outage:
    """What those who use a store tell of it; `user` names one who will come again and tell how it went."""

    def __init__(self, store: str) -> None:
        self._store = store
        self._failing: set[str] = set()
        self._began = 0.0

    def failed(self, user: str, error: object) -> None:
        """Note that the store did not answer a user."""
        if not self._failing:
            self._began = time.monotonic()
            log.warning("%s does not answer (%s: %s)", self._store, user, error)
        elif user not in self._failing:
            log.debug("%s does not answer (%s: %s)", self._store, user, error)
        self._failing.add(user)

    def answered(self, user: str) -> None:
        """Note that it did."""
        if user not in self._failing:
            return
        self._failing.discard(user)
        if not self._failing:
            log.warning("%s answers again, after %.1f s", self._store, time.monotonic() - self._began)


# This process's view of its two stores.
REDIS = Outage("Redis")
DATABASE = Outage("The database")
