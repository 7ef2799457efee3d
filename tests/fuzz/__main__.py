"""Throws damaged bytes at the transport until the time is over: python -m tests.fuzz --minutes 10 --seed 5.

What fails is named, and tried again by that name: --seed 5 --check frames --input 1234. Whole connections meet the clock,
too: such a failure may need more than one try.
"""

import argparse
import time
from collections import Counter
from pathlib import Path

from tests.fuzz.attempt import Check, attempt
from tests.fuzz.connections import Connections
from tests.fuzz.frames import check_frames
from tests.fuzz.packets import check_packets
from tests.fuzz.target import Target

SLICE_SECONDS = 10.0
# What the allocator may keep for itself; a leak of a kilobyte a connection is found in ten minutes.
MOST_GROWTH = 30_000_000


def main() -> None:
    """Raise what was found."""
    parser = argparse.ArgumentParser(description="Fuzz the transport.")
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seed", default=str(time.time_ns() % 1_000_000))
    parser.add_argument("--check", choices=("frames", "packets", "connections"), help="only this")
    parser.add_argument("--input", type=int, help="only this input of --check")
    arguments = parser.parse_args()
    print(f"Seed {arguments.seed}", flush=True)
    with Target() as target:
        connections = Connections(target)
        checks: dict[str, Check] = {"frames": check_frames, "packets": check_packets, "connections": connections.check}
        fuzzer = Fuzzer(arguments.seed, {name: check for name, check in checks.items() if arguments.check in (None, name)})
        if arguments.input is not None:
            fuzzer.try_one(arguments.check, arguments.input)
            connections.settle()
        else:
            fuzzer.run(arguments.minutes, connections)


class Fuzzer:
    """Takes the checks in turns."""

    def __init__(self, seed: str, checks: dict[str, Check]) -> None:
        self._seed = seed
        self._checks = checks
        self._tried: Counter[str] = Counter()

    def run(self, minutes: float, connections: Connections) -> None:
        """Go on until the time is over or something is found."""
        began, first = time.monotonic(), 0
        slice_seconds = min(SLICE_SECONDS, minutes * 60 / len(self._checks))
        while time.monotonic() - began < minutes * 60:
            for name in self._checks:
                self._run_slice(name, slice_seconds)
            connections.settle()
            first = first or _memory()
            counts = ", ".join(f"{count:,} {name}" for name, count in self._tried.items())
            print(f"{(time.monotonic() - began) / 60:5.1f} min: {counts}; {_memory() / 1e6:.0f} MB", flush=True)
        assert _memory() - first < MOST_GROWTH, "memory grows"

    def try_one(self, name: str, number: int) -> None:
        """Try an input, and say how to try it again if it fails."""
        try:
            attempt(self._checks[name], self._seed, name, number)
        except BaseException:
            print(f"Again: python -m tests.fuzz --seed {self._seed} --check {name} --input {number}", flush=True)
            raise

    def _run_slice(self, name: str, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.try_one(name, self._tried[name])
            self._tried[name] += 1


def _memory() -> int:
    """Bytes of memory that this process has."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4_096


if __name__ == "__main__":
    main()
