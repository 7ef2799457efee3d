"""Somebody else on the same server, and how long they wait for an answer."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

from tests.support.wire_client import WireClient

LIMIT_SECONDS = 0.25
# On a slow machine even a calm server answers late: 4 ms here when nothing else runs.
TIMES_CALM = 25
# However late a calm server answers, what holds the loop so long is found.
MOST_SECONDS = 1.0
CALM_SECONDS = 0.5
PAUSE_SECONDS = 0.005


class Bystander:
    """Asks again and again for something that needs neither Redis nor the disk: what it waits for is the event loop."""

    def __init__(self, client: WireClient, server_pid: int) -> None:
        self._client = client
        self._server = Path(f"/proc/{server_pid}/schedstat")

    def longest_wait(self, meanwhile: Callable[[], object], seconds_after: float = 0.0) -> float:
        """Return the longest wait in seconds while something is done, and for a while afterwards.

        What the server could not run because others had the processors is no wait for the server.
        """
        done, waits = threading.Event(), [0.0]
        asking = threading.Thread(target=self._ask, args=(done, waits))
        asking.start()
        try:
            meanwhile()
            time.sleep(seconds_after)
        finally:
            done.set()
            asking.join()
        return max(waits)

    def is_not_kept_waiting(self, attack: Callable[[], Callable[[], object]], seconds_after: float = 0.0) -> None:
        """Fail if the attack keeps others waiting, twice: what somebody else on the machine does seldom comes twice.

        `attack` prepares one, as by somebody whose limits are unused, and returns what is measured.
        """
        for is_last in (False, True):
            hostile = attack()
            calm = self.longest_wait(lambda: time.sleep(CALM_SECONDS))
            wait = self.longest_wait(hostile, seconds_after)
            print(f"longest wait: {1000 * wait:.0f} ms; calm: {1000 * calm:.0f} ms")
            if wait <= max(LIMIT_SECONDS, min(TIMES_CALM * calm, MOST_SECONDS)):
                return
            assert not is_last, f"others waited {1000 * wait:.0f} ms; in a calm server {1000 * calm:.0f} ms"

    def _ask(self, done: threading.Event, waits: list[float]) -> None:
        mine = Path("/proc/thread-self/schedstat")
        while not done.is_set():
            asked, had_no_processor = time.monotonic(), _seconds_without_processor(self._server, mine)
            self._client.call("nothing")
            lacked = _seconds_without_processor(self._server, mine) - had_no_processor
            waits.append(time.monotonic() - asked - lacked)
            time.sleep(PAUSE_SECONDS)


def _seconds_without_processor(*threads: Path) -> float:
    """Return how long these were ready and had no processor: schedstat of proc(5); zero where the kernel does not count it."""
    try:
        return sum(int(thread.read_text().split()[1]) for thread in threads) / 1e9
    except OSError:
        return 0.0
