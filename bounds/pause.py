"""Lets the event loop read sockets between two pieces of long work."""

import time

# `sleep(0)` lets other greenlets run, but the loop does not look at its sockets meanwhile: ten pieces of 50 ms with it between
# them kept a readable socket waiting for 503 ms. Any wait for a timer goes through the loop; its clock ticks in milliseconds.
PAUSE_SECONDS = 0.001
# Of the 50 ms that a piece of work may take: what is between two calls of `rest` adds to it.
SLICE_SECONDS = 0.01


def let_others_go_on() -> None:
    """Give way once: sockets are read, timers run. In a thread or without gevent this is a short sleep."""
    time.sleep(PAUSE_SECONDS)


class TimeSlices:
    """Long work in slices: call `rest` between its parts, and it gives way as often as needed."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def rest(self) -> None:
        """Give way if this slice is used up."""
        if time.monotonic() - self._began >= SLICE_SECONDS:
            let_others_go_on()
            self._began = time.monotonic()
