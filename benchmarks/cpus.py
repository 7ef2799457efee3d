"""Who runs where: servers on the first CPU we may use, the load generator and Redis on the last."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_OURS = sorted(os.sched_getaffinity(0))
SERVER_CPU = _OURS[0]
LOAD_CPU = _OURS[-1]


@contextmanager
def on_cpu(cpu: int) -> Iterator[None]:
    """Run what is started in here on this CPU: children inherit the place of the thread that starts them."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {cpu})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def move(process: int, cpu: int) -> None:
    """Move a running process with all its threads."""
    for task in Path(f"/proc/{process}/task").iterdir():
        os.sched_setaffinity(int(task.name), {cpu})


def children(process: int) -> list[int]:
    """Return the processes that this one started and that still run."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has just ended
            if int(stat.read_text().rpartition(")")[2].split()[1]) == process:
                found.append(int(stat.parent.name))
    return found


def describe() -> str:
    """Say who runs where, and on what."""
    place = f"servers on CPU {SERVER_CPU}, load generator and Redis on CPU {LOAD_CPU}"
    if SERVER_CPU == LOAD_CPU:
        place = "everything on one CPU, so that the load generator slows down what it measures"
    return f"{_model()}, {len(_OURS)} CPUs: {place}"


def _model() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "a CPU without a name")
