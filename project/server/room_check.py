"""Checks the live rooms against the record: at the start, and whenever Redis restarts or is emptied while the server runs."""

import logging

from gevent import Greenlet, spawn
from gevent.event import Event

from chat.sync import recovery
from project.server.periodic import attempt, repeat

log = logging.getLogger(__name__)

WATCH_SECONDS = 1.0
# By then a small installation is through, and need not recover rooms one by one for those who come first.
SERVE_AFTER_SECONDS = 1.0


class RoomCheck:
    """Until the first check has ended, a room is recovered when it is asked for."""

    def __init__(self) -> None:
        self._has_ended = Event()

    def start(self) -> Greenlet:
        """Return what goes on checking, once the rooms can be served. Raises ChatError unavailable.

        In a run of Redis in which all rooms were checked no script would notice a room that differs from the record: these are
        waited for, and quickly compared. In a new run, which 7,700 rooms take 40 s to come back from, every script does.
        """
        if recovery.is_checked():
            self._check()
            self._has_ended.set()
        checking = spawn(self._run)
        self._has_ended.wait(SERVE_AFTER_SECONDS)
        return checking

    def _run(self) -> None:
        if not self._has_ended.is_set():
            attempt(self._check, "RoomCheck.start")
            self._has_ended.set()
        repeat(WATCH_SECONDS, recovery.watch)

    def _check(self) -> None:
        restored = recovery.recover_all()
        if restored:
            log.info("%s rooms were brought from the record to Redis", restored)
