"""The ratios to Node as bars, in an SVG that any browser shows."""

from collections.abc import Sequence
from math import log2
from xml.sax.saxutils import escape

from benchmarks.medians import OURS, Row

WIDTH = 920
LEFT = 400
RIGHT = 60
TOP = 64
BAR = 13
GAP = 14
# Doublings, from 1/32 of Node's cost to 64 times as much.
LOWEST, HIGHEST = -5, 6
COLOURS = {OURS: ("Parley", "#1a7f5a"), "gevent": ("stock gevent", "#8f8f98"), "channels": ("Channels", "#c9c9d1")}


def draw(rows: Sequence[Row], title: str) -> str:
    """Return the chart. Every bar is a cost: of what more is better, it shows the inverse."""
    parts: list[str] = []
    y = TOP
    for row in rows:
        costs = [(name, _cost(row, name)) for name in COLOURS]
        known = [(name, cost) for name, cost in costs if cost]
        if not known:
            continue
        parts.append(_text(LEFT - 10, y + len(known) * BAR / 2 + 4, _title(row), "end"))
        for name, cost in known:
            parts.append(_bar(y, cost, COLOURS[name][1]))
            y += BAR
        y += GAP
    return "\n".join([_open(y + 20, title), *_scale(y), *parts, *_legend(), "</svg>"]) + "\n"


def _title(row: Row) -> str:
    return f"{row.measure.title} (inverse)" if row.measure.more_is_better else row.measure.title


def _cost(row: Row, contender: str) -> float | None:
    ratio = row.ratio(contender)
    if not ratio or ratio < 0:
        return None
    return 1 / ratio if row.measure.more_is_better else ratio


def _x(cost: float) -> float:
    share = (min(max(log2(cost), LOWEST), HIGHEST) - LOWEST) / (HIGHEST - LOWEST)
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _bar(y: float, cost: float, colour: str) -> str:
    node, end = _x(1), _x(cost)
    left, width = min(node, end), max(abs(end - node), 1)
    rectangle = f'<rect x="{left:.1f}" y="{y + 1}" width="{width:.1f}" height="{BAR - 2}" fill="{colour}"/>'
    if cost < 1:
        return rectangle + _text(left - 4, y + BAR - 3, f"{cost:.2f}", "end")
    return rectangle + _text(left + width + 4, y + BAR - 3, f"{cost:.2f}", "start")


def _scale(bottom: float) -> list[str]:
    lines = []
    for power in range(LOWEST, HIGHEST + 1):
        x = _x(2.0**power)
        colour = "#222" if power == 0 else "#e6e6ea"
        lines.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 8}" y2="{bottom}" stroke="{colour}"/>')
    lines.append(_text(_x(1), TOP - 14, "Node = 1", "middle"))
    lines.append(_text(_x(1) - 60, bottom + 12, "← costs less", "end"))
    lines.append(_text(_x(1) + 60, bottom + 12, "costs more →", "start"))
    return lines


def _legend() -> list[str]:
    parts = []
    for index, (title, colour) in enumerate(COLOURS.values()):
        x = 16 + index * 110
        parts.append(f'<rect x="{x}" y="38" width="11" height="11" fill="{colour}"/>' + _text(x + 16, 48, title, "start"))
    return parts


def _open(height: float, title: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'font-family="system-ui, sans-serif" font-size="11" role="img" aria-label="{escape(title)}">\n'
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>\n'
        f'<text x="16" y="22" font-size="15" fill="#222">{escape(title)}</text>'
    )


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="#222">{escape(text)}</text>'
