"""Runs the load generator against a server and reads what it tells."""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.building import LOADGEN
from benchmarks.cpus import LOAD_CPU, on_cpu

Result = dict[str, Any]


@dataclass(frozen=True)
class Served:
    """A server under test: where it is, whose CPU time counts, and how to speak to it."""

    port: int
    server_process: int
    redis_process: int
    sending: tuple[str, ...]
    asking: tuple[str, ...]


class Load:
    """The load generator at work, from its start to its result."""

    def __init__(self, served: Served, arguments: Sequence[str]) -> None:
        groups = f"server:{served.server_process},redis:{served.redis_process}"
        with on_cpu(LOAD_CPU):
            self._process = subprocess.Popen(
                [LOADGEN, "--port", str(served.port), "--groups", groups, *arguments],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )

    def await_measuring(self) -> None:
        """Return when the warm-up is over; needs `--announce`."""
        assert self._process.stderr
        if self._process.stderr.readline().strip() != "measuring":
            raise SystemExit("The load generator ended before it measured.")

    def stop_sending(self) -> None:
        """End the measured time now."""
        self._process.terminate()

    def result(self) -> Result:
        """Wait for the end and return what was measured."""
        output, errors = self._process.communicate()
        if not output:
            raise SystemExit(errors.strip() or "The load generator said nothing.")
        result: Result = json.loads(output)
        return result


def measure(served: Served, arguments: Sequence[str], asks: bool = False) -> Result:
    """Run once; `asks` sends questions for the newest messages instead of messages."""
    return Load(served, [*(served.asking if asks else served.sending), *arguments]).result()


def complaints(result: Result) -> list[str]:
    """Return what went wrong, in words; nothing where every message came once, in order, to everybody."""
    found = [f"{result[name]:,} {name}" for name in ("failed", "died", "refused") if result[name]]
    found += [
        f"{result[name]:,} {name}" for name in ("lost", "duplicates", "reordered", "misrouted", "timeouts") if result[name]
    ]
    unanswered = result["sent"] - result["acknowledged"]
    if unanswered:
        found.append(f"{unanswered:,} not acknowledged")
    return found + [str(result[name]) for name in ("first_failure", "first_refusal") if name in result]
