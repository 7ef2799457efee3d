"""Small charts as SVG, drawn here: no script, no style of their own, and the same numbers in a table behind each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext

WIDTH, HEIGHT = 480, 120
GAP = 2


@dataclass(frozen=True)
class Bar:
    """Where one bar stands, and what it says."""

    x: float
    y: float
    width: float
    height: float
    says: str


@dataclass(frozen=True)
class Line:
    """A line's points as SVG writes them, in pieces where there is nothing to draw, and what it is called."""

    name: str
    kind: str
    pieces: Sequence[str]


@dataclass(frozen=True)
class Chart:
    """A chart and the table behind it; `key` is unique on its page. The `caption` is what is seen of the title."""

    key: str
    title: str
    caption: str
    describes: str
    columns: Sequence[str]
    rows: Sequence[Sequence[object]]
    top: str
    first: str
    last: str
    bars: Sequence[Bar] = field(default_factory=list)
    lines: Sequence[Line] = field(default_factory=list)
    width: int = WIDTH
    height: int = HEIGHT


def bar_chart(key: str, title: str, unit: str, labels: Sequence[str], values: Sequence[int], caption: str = "") -> Chart:
    """Return one bar a label."""
    most = max(values, default=0)
    step = WIDTH / max(1, len(values))
    bars = [
        Bar(round(n * step, 1), round(HEIGHT - tall, 1), round(step - GAP, 1), round(tall, 1), f"{label}: {value:,} {unit}")
        for n, (label, value) in enumerate(zip(labels, values, strict=True))
        for tall in [HEIGHT * value / most if most else 0]
    ]
    describes = (
        gettext("From {first} to {last}: at most {most:,} {unit}, {end:,} at the end.").format(
            first=labels[0], last=labels[-1], most=most, unit=unit, end=values[-1]
        )
        if values
        else gettext("Nothing yet.")
    )
    rows = list(zip(labels, values, strict=True))
    return Chart(key, title, caption or title, describes, ("", unit), rows, f"{most:,}", labels[0], labels[-1], bars=bars)


def line_chart(key: str, title: str, unit: str, labels: Sequence[str], series: Mapping[str, Sequence[int | None]]) -> Chart:
    """Return one line a name, over the same labels; None is a gap."""
    most = max((value for values in series.values() for value in values if value is not None), default=0)
    lines = [Line(name, f"line-{n}", _pieces(values, most)) for n, (name, values) in enumerate(series.items())]
    rows = [
        (label, *("-" if value is None else f"{value:,}" for value in at))
        for label, *at in zip(labels, *series.values(), strict=True)
    ]
    describes = gettext("From {first} to {last}: {names}; at most {most:,} {unit}.").format(
        first=labels[0], last=labels[-1], names=", ".join(series), most=most, unit=unit
    )
    return Chart(key, title, title, describes, ("", *series), rows, f"{most:,} {unit}", labels[0], labels[-1], lines=lines)


def _pieces(values: Sequence[int | None], most: int) -> list[str]:
    step = WIDTH / max(1, len(values) - 1)
    pieces: list[list[str]] = [[]]
    for n, value in enumerate(values):
        if value is None:
            pieces.append([])
        else:
            y = HEIGHT - HEIGHT * value / most if most else HEIGHT
            pieces[-1].append(f"{n * step:.1f},{y:.1f}")
    return [" ".join(piece if len(piece) > 1 else [*piece, _beside(piece[0])]) for piece in pieces if piece]


def _beside(point: str) -> str:
    """A line of one point is not drawn: it gets a second one beside it."""
    x, y = point.split(",")
    return f"{float(x) + GAP:.1f},{y}"
