"""One input, tried in bounded time."""

import time
from collections.abc import Callable
from random import Random

Check = Callable[[Random], None]

# Of this thread's processor alone, so that a busy machine does no harm: a hundred times what the slowest inputs need.
MOST_SECONDS = 3.0


def attempt(check: Check, seed: object, name: str, number: int) -> None:
    """Try the input that these three name, always the same; what is wrong with it is raised."""
    began = time.thread_time()
    check(Random(f"{seed}/{name}/{number}"))
    spent = time.thread_time() - began
    assert spent < MOST_SECONDS, f"it took {spent:.1f} s"
