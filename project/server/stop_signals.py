"""What signals ask of a server: SIGTERM to drain and stop, SIGINT to stop, a second one of either to stop at once."""

import logging
import signal

import gevent
from gevent.event import Event

log = logging.getLogger(__name__)

# Their default is death, without handing back leases or stopping our Redis: the first comes when a terminal is closed, and from
# `systemctl reload` in many units.
IGNORED = (signal.SIGHUP, signal.SIGUSR1, signal.SIGUSR2)


class StopSignals:
    """`stopping` is set by the first signal, `hurried` by a second one."""

    def __init__(self) -> None:
        self.stopping = Event()
        self.hurried = Event()
        self.drains = False

    def install(self) -> None:
        """Take the place of the default handlers."""
        gevent.signal_handler(signal.SIGTERM, self._stop, True)
        gevent.signal_handler(signal.SIGINT, self._stop, False)
        for number in IGNORED:
            gevent.signal_handler(number, log.info, "%s changes nothing here: settings are read at the start", number.name)

    def _stop(self, drains: bool) -> None:
        if self.stopping.is_set():
            self.hurried.set()
        self.drains = drains
        self.stopping.set()
