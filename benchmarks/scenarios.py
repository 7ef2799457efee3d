"""What is measured side by side."""

import shlex
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks import login_storm
from benchmarks.descriptors import at_most
from benchmarks.load import Result, Served, measure
from benchmarks.measures import (
    Measure,
    acknowledgement_ms,
    alive,
    cpu_us,
    delivery_ms,
    memory_kb,
    opened_per_second,
    units_per_second,
)
from benchmarks.population import ONE_ROOM, SMALL_ROOMS, TEN_ROOMS, Population


@dataclass(frozen=True)
class Scenario:
    """A way to load a server, the same for all."""

    name: str
    population: Population
    load: str
    measures: tuple[Measure, ...]
    contenders: frozenset[str] = frozenset({"node", "parley", "gevent", "channels"})
    # Messages that are in the rooms before anything is measured.
    before: str = ""
    # Questions for the newest messages instead of messages.
    asks: bool = False
    perform: Callable[[Served, list[str]], Result] | None = None

    def run(self, served: Served) -> Result:
        """Load this server once."""
        arguments = shlex.split(self.load)
        if self.before:
            measure(served, shlex.split(self.before))
        return self.perform(served, arguments) if self.perform else measure(served, arguments, self.asks)


_IDLE = "--rooms 100 --duration 0 --hold 1 --setup-timeout 60"
_SMALL_ROOMS = "--connections 1000 --rooms 100 --senders 1000 --warmup 1 --duration 3 --drain 6"
_TEN_ROOMS = "--connections 100 --rooms 10 --senders 100"
# Where the machine allows no more open files a process, as many as it does.
_MANY = at_most(20_000)
_TWO = frozenset({"node", "parley"})

SCENARIOS = (
    Scenario(
        "fan-out",
        ONE_ROOM,
        "--connections 1000 --rate 10 --warmup 1 --duration 6 --drain 6",
        (
            Measure("CPU per delivery, 1 room × 1,000 members, 10 messages/s", "µs", cpu_us, 0.65, 0.5),
            Measure("delivery p99, 1 room × 1,000 members, 10 messages/s", "ms", delivery_ms("p99")),
        ),
    ),
    Scenario(
        "fan-out-maximum",
        ONE_ROOM,
        "--connections 1000 --window 4 --warmup 1 --duration 3 --drain 6",
        (Measure("maximum deliveries, same room", "1/s", units_per_second, 3, 6, more_is_better=True),),
    ),
    Scenario(
        "rooms-64",
        SMALL_ROOMS,
        f"{_SMALL_ROOMS} --inflight 64",
        (Measure("CPU per delivery, 100 rooms × 10 members, 64 in flight", "µs", cpu_us, 0.9, 0.5),),
    ),
    Scenario(
        "rooms-1000",
        SMALL_ROOMS,
        _SMALL_ROOMS,
        (Measure("CPU per delivery, the same, 1,000 in flight", "µs", cpu_us, 0.5, 0.25),),
    ),
    Scenario(
        "idle-1000",
        SMALL_ROOMS,
        f"--connections 1000 {_IDLE}",
        (Measure("memory per idle connection at 1,000", "kB", memory_kb),),
    ),
    Scenario(
        "idle-5000",
        SMALL_ROOMS,
        f"--connections 5000 {_IDLE}",
        (
            Measure("memory per idle connection at 5,000", "kB", memory_kb, 0.6, 0.25),
            Measure("connections opened", "1/s", opened_per_second, 1, 3, more_is_better=True),
        ),
    ),
    Scenario(
        "history",
        TEN_ROOMS,
        "--connections 20 --rooms 10 --senders 20 --warmup 0.3 --duration 2.5",
        (Measure("last 50 messages, CPU per request", "µs", cpu_us, 1.2, 0.5),),
        before=f"{_TEN_ROOMS} --rate 400 --warmup 0 --duration 2",
        asks=True,
    ),
    Scenario(
        "light",
        TEN_ROOMS,
        f"{_TEN_ROOMS} --rate 50 --settle 1.2 --warmup 0.5 --duration 4",
        (
            Measure("delivery p50, 10 rooms × 10 members, 50 messages/s", "ms", delivery_ms("p50")),
            Measure("delivery p99, the same", "ms", delivery_ms("p99")),
            Measure("acknowledgement p99, the same", "ms", acknowledgement_ms("p99")),
        ),
    ),
    Scenario(
        "acknowledged-500",
        TEN_ROOMS,
        f"{_TEN_ROOMS} --rate 500 --warmup 1 --duration 5",
        (
            Measure(
                "acknowledgement p99 at 500 messages/s (Node: nothing is on disk)",
                "ms",
                acknowledgement_ms("p99"),
                20,
                10,
                is_absolute=True,
            ),
        ),
        contenders=_TWO,
    ),
    Scenario(
        "login-storm",
        TEN_ROOMS,
        f"{_TEN_ROOMS} --rate 50 --warmup 1 --duration 4",
        (
            Measure("delivery p99, added while 100 people log in", "ms", login_storm.added_ms, 20, 5, is_absolute=True),
            Measure("100 people logged in after", "s", login_storm.seconds),
        ),
        contenders=frozenset({"parley"}),
        perform=login_storm.perform,
    ),
)

LONG_SCENARIOS = (
    Scenario(
        "idle-20000",
        ONE_ROOM,
        f"--connections {_MANY} --hold 300 --warmup 0 --rate 1 --duration 1 --setup-timeout 240",
        (
            Measure(
                f"alive after 5 minutes of pings, of {_MANY:,}", "", alive, _MANY, _MANY, more_is_better=True, is_absolute=True
            ),
            Measure("one message to all of them: the last delivery", "ms", delivery_ms("max"), 1_000, 1_000, is_absolute=True),
        ),
        contenders=_TWO,
    ),
)
