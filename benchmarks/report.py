"""Figures as tables."""

from collections.abc import Iterable, Sequence
from math import ceil


class Wrong(Exception):
    """A promise that the measured server did not keep; its figures mean nothing."""


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that `share` of all values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, ceil(share * len(ordered)) - 1)]


def latency_cells(seconds: Sequence[float]) -> list[str]:
    """Return p50, p95, p99 and the maximum in milliseconds."""
    return [f"{value * 1000:.1f}" for value in (*(percentile(seconds, share) for share in (0.50, 0.95, 0.99)), max(seconds))]


LATENCY_HEADS = ["p50 ms", "p95 ms", "p99 ms", "max ms"]


def print_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print the first column to the left, figures to the right."""
    lines = [heads, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    for line in lines:
        first, *figures = (
            cell.ljust(width) if not column else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        print("  ".join([first, *figures]))
