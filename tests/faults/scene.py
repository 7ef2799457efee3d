"""The event loop on which every client and proxy of a test lives, in a thread of its own: the test itself may block."""

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from tests.support.stopwatch import Stopwatch

T = TypeVar("T")

TURNS = 10


class Stage:
    """One loop for hundreds of clients."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, name="stage", daemon=True)
        self._thread.start()

    def run(self, coroutine: Coroutine[Any, Any, T], seconds: float = 60.0) -> T:
        """Run a coroutine there and return its result."""
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(seconds)

    def call(self, function: Callable[..., T], *arguments: Any) -> T:
        """Call a function there and return its result."""

        async def _call() -> T:
            return function(*arguments)

        return self.run(_call())

    def close(self) -> None:
        """Cancel what still runs and end the loop."""
        self.run(_cancel_all())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()


def until(happened: Callable[[], Any], seconds: float = 30.0, what: object = "it") -> float:
    """Wait until it happened and return how long that took; `what` may be a function that describes the state.

    `seconds` are those of a machine that has nothing else to do.
    """
    began, watch = time.monotonic(), Stopwatch()
    while not happened():
        if watch.seconds() > seconds:
            raise AssertionError(f"not within {seconds} s: {what() if callable(what) else what}")
        time.sleep(0.01)
    return time.monotonic() - began


async def take_turns() -> None:
    """Let the loop finish what it has begun: an accepted socket, or an aborted one, takes it a few turns."""
    for _ in range(TURNS):
        await asyncio.sleep(0)


async def _cancel_all() -> None:
    tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await take_turns()
