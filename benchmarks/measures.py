"""What is read from a result, and what of it is promised."""

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.load import Result


@dataclass(frozen=True)
class Measure:
    """One figure of a result. `must` and `aim` are ratios to Node's, or with `is_absolute` figures of ours."""

    title: str
    unit: str
    read: Callable[[Result], float]
    must: float | None = None
    aim: float | None = None
    more_is_better: bool = False
    is_absolute: bool = False


def cpu_us(result: Result) -> float:
    """CPU of the server for each delivery, or each answer to a question."""
    return float(result["server"]["cpu_us_per_unit"])


def units_per_second(result: Result) -> float:
    """Deliveries, or answers."""
    return float(result["units_per_s"])


def delivery_ms(percentile: str) -> Callable[[Result], float]:
    """From when a message was due until a member had it."""
    return lambda result: float(result["delivery_ms"][percentile])


def acknowledgement_ms(percentile: str) -> Callable[[Result], float]:
    """From when a message was due until its sender was answered."""
    return lambda result: float(result["acknowledgement_ms"][percentile])


def memory_kb(result: Result) -> float:
    """What a connection added to the server's resident memory."""
    return float(result["server"]["memory_kb_per_connection"])


def opened_per_second(result: Result) -> float:
    """Connections that came all the way in."""
    return float(result["connections_per_s"])


def alive(result: Result) -> float:
    """Connections that are still open."""
    return float(result["alive"])
