"""Results as rows: the median of all repetitions and its range, beside Node's and the promise."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.comparison import Results
from benchmarks.measures import Measure
from benchmarks.scenarios import Scenario

NODE = "node"
OURS = "parley"


@dataclass(frozen=True)
class Spread:
    """A figure over all repetitions."""

    median: float
    low: float
    high: float

    def __str__(self) -> str:
        told = _number(self.median)
        return told if self.low == self.high else f"{told} ({_number(self.low)}..{_number(self.high)})"


@dataclass(frozen=True)
class Row:
    """One figure of everybody who was measured."""

    measure: Measure
    spreads: dict[str, Spread]

    def ratio(self, contender: str) -> float | None:
        """Return the contender's figure in Node's, or None where one of the two was not measured."""
        if contender not in self.spreads or NODE not in self.spreads or not self.spreads[NODE].median:
            return None
        return self.spreads[contender].median / self.spreads[NODE].median

    def judged(self) -> float | None:
        """Return the figure that the promise is about."""
        if not self.measure.is_absolute:
            return self.ratio(OURS)
        return self.spreads[OURS].median if OURS in self.spreads else None

    def verdict(self) -> str:
        """Say what of the promise is kept."""
        figure, must, aim = self.judged(), self.measure.must, self.measure.aim
        if figure is None or must is None or aim is None:
            return ""
        if self._reaches(figure, aim):
            return "aim met"
        return "must met" if self._reaches(figure, must) else "MISSED"

    def _reaches(self, figure: float, promise: float) -> bool:
        return figure >= promise if self.measure.more_is_better else figure <= promise


def rows(scenarios: Sequence[Scenario], results: Results) -> list[Row]:
    """Return a row for each figure that anybody was measured for."""
    return [Row(measure, _spreads(scenario.name, measure, results)) for scenario in scenarios for measure in scenario.measures]


def _spreads(scenario: str, measure: Measure, results: Results) -> dict[str, Spread]:
    found: dict[str, Spread] = {}
    for (name, contender), repetitions in results.items():
        if name == scenario:
            figures = [measure.read(result) for result in repetitions]
            found[contender] = Spread(median(figures), min(figures), max(figures))
    return found


def _number(figure: float) -> str:
    if abs(figure) >= 100:
        return f"{figure:,.0f}"
    return f"{figure:.1f}" if abs(figure) >= 10 else f"{figure:.2f}"


def heads() -> list[str]:
    """Return what stands above the cells."""
    return ["", "unit", "Node", "Parley", "Parley : Node", "must", "aim", "", "stock gevent : Node", "Channels : Node"]


def cells(row: Row) -> list[str]:
    """Return a row as texts; nothing where nothing was measured."""
    spreads = [str(row.spreads[name]) if name in row.spreads else "" for name in (NODE, OURS)]
    return [
        row.measure.title,
        row.measure.unit,
        *spreads,
        _ratio(row.ratio(OURS)),
        *(_promise(row.measure, promise) for promise in (row.measure.must, row.measure.aim)),
        row.verdict(),
        _ratio(row.ratio("gevent")),
        _ratio(row.ratio("channels")),
    ]


def _ratio(ratio: float | None) -> str:
    return "" if ratio is None else f"{ratio:.2f}"


def _promise(measure: Measure, promise: float | None) -> str:
    if promise is None:
        return ""
    return f"{'≥' if measure.more_is_better else '≤'} {promise:,g}{f' {measure.unit}'.rstrip() if measure.is_absolute else ''}"
