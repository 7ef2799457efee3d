"""Seconds on a machine that others keep busy: what they take is not counted against who promised something."""

import time
from pathlib import Path

# For how many microseconds so far something was ready to run and had no processor; not every kernel tells.
_PRESSURE = Path("/proc/pressure/cpu")
# However busy the machine is, what never comes must fail at last.
MOST_TIMES = 3.0


class Stopwatch:
    """Counts from when it is made; at its slowest it takes three seconds for one."""

    def __init__(self) -> None:
        self._began, self._lacked = time.monotonic(), _seconds_without_processor()

    def seconds(self) -> float:
        """Return the seconds so far, without those in which somebody waited for a processor."""
        elapsed = time.monotonic() - self._began
        return max(elapsed - self.lacked(), elapsed / MOST_TIMES)

    def lacked(self) -> float:
        """Return in how many of the seconds so far somebody waited for a processor."""
        return _seconds_without_processor() - self._lacked


def _seconds_without_processor() -> float:
    try:
        some = _PRESSURE.read_text().split("total=")[1]
    except (OSError, IndexError):
        return 0.0
    return int(some.split()[0]) / 1e6
