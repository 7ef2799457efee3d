"""Writes what a full run found into docs/performance/, and refuses to call it good if Parley lost anything."""

import subprocess
import time
from collections.abc import Sequence

from benchmarks.building import HERE
from benchmarks.chart import draw
from benchmarks.comparison import Results
from benchmarks.cpus import describe
from benchmarks.load import complaints
from benchmarks.medians import OURS, Row, cells, heads
from benchmarks.report import Wrong

FOLDER = HERE.parent / "docs" / "performance"


def write(rows: Sequence[Row], repetitions: int) -> None:
    """Write the table and the chart."""
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "chart.svg").write_text(draw(rows, "What each costs, in Node socket.io's cost (each line a doubling)"))
    measured = f"Measured {time.strftime('%Y-%m-%d')} at commit {_commit()}, {_times(repetitions)}. {describe()}."
    (FOLDER / "measured.md").write_text(f"# Measured\n\n{measured}\n\n{markdown(rows)}")
    print(f"Written: {FOLDER.relative_to(HERE.parent)}/measured.md and chart.svg")


def markdown(rows: Sequence[Row]) -> str:
    """Return the table; what was measured only once has no range."""
    first, *others = heads()
    lines = [[first, *others], ["---", *("---:" for _ in others)], *(cells(row) for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def refuse_losses(results: Results) -> None:
    """Raise Wrong if our server lost, doubled or reordered a message, or refused anybody."""
    for (scenario, contender), repetitions in results.items():
        for result in repetitions:
            if contender == OURS and complaints(result):
                raise Wrong(f"{scenario}: {', '.join(complaints(result))}")


def _times(repetitions: int) -> str:
    return "once" if repetitions == 1 else f"medians of {repetitions} interleaved repetitions"


def _commit() -> str:
    shown = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=HERE, capture_output=True, text=True, check=False)
    return shown.stdout.strip() or "unknown"
