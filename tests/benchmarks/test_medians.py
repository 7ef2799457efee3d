"""What the table says is what was measured, and no promise is called kept that was not."""

import xml.etree.ElementTree as ElementTree

import pytest

from benchmarks.chart import draw
from benchmarks.load import Served
from benchmarks.measures import Measure, cpu_us
from benchmarks.medians import Row, Spread, cells, rows
from benchmarks.population import ONE_ROOM
from benchmarks.publication import markdown, refuse_losses
from benchmarks.report import Wrong
from benchmarks.scenarios import Scenario

COST = Measure("cost", "µs", cpu_us, must=0.65, aim=0.5)
SPEED = Measure("speed", "1/s", cpu_us, must=3, aim=6, more_is_better=True)
WAIT = Measure("wait", "ms", cpu_us, must=20, aim=10, is_absolute=True)


def row(measure: Measure, node: float, ours: float) -> Row:
    return Row(measure, {"node": Spread(node, node, node), "parley": Spread(ours, ours, ours)})


def result(cpu: float, **wrong: int):
    fine = dict.fromkeys(("failed", "died", "refused", "lost", "duplicates", "reordered", "misrouted", "timeouts"), 0)
    return {"server": {"cpu_us_per_unit": cpu}, "sent": 1, "acknowledged": 1, **fine, **wrong}


def test_a_row_is_the_median_and_its_range_beside_nodes() -> None:
    scenario = Scenario("fan-out", ONE_ROOM, "", (COST,))
    results = {
        ("fan-out", "node"): [result(10), result(12), result(40)],
        ("fan-out", "parley"): [result(5), result(6), result(9)],
    }
    [found] = rows([scenario], results)
    assert cells(found)[:7] == ["cost", "µs", "12.0 (10.0..40.0)", "6.00 (5.00..9.00)", "0.50", "≤ 0.65", "≤ 0.5"]


@pytest.mark.parametrize(
    ("measure", "node", "ours", "verdict"),
    [
        (COST, 10, 5, "aim met"),
        (COST, 10, 6.5, "must met"),
        (COST, 10, 6.6, "MISSED"),
        (SPEED, 10, 60, "aim met"),
        (SPEED, 10, 30, "must met"),
        (SPEED, 10, 29, "MISSED"),
        (WAIT, 1, 10, "aim met"),
        (WAIT, 1, 11, "must met"),
        (WAIT, 1000, 21, "MISSED"),
        (Measure("told", "ms", cpu_us), 1, 2, ""),
    ],
)
def test_a_promise_is_kept_or_missed(measure: Measure, node: float, ours: float, verdict: str) -> None:
    assert row(measure, node, ours).verdict() == verdict


def test_without_node_no_ratio_is_judged() -> None:
    assert Row(COST, {"parley": Spread(1, 1, 1)}).verdict() == ""


def test_every_bar_of_the_chart_is_a_cost() -> None:
    drawn = draw([row(COST, 10, 5), row(SPEED, 10, 40)], "Costs & <more>")
    texts = [element.text for element in ElementTree.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")]
    assert "Costs & <more>" in texts
    assert "0.50" in texts
    assert "0.25" in texts


def test_the_table_is_markdown() -> None:
    lines = markdown([row(COST, 10, 5)]).splitlines()
    assert len({line.count("|") for line in lines}) == 1
    assert "0.50" in lines[2]


@pytest.mark.parametrize("wrong", ["failed", "died", "refused", "lost", "duplicates", "reordered", "misrouted"])
def test_figures_of_a_run_that_broke_the_promise_are_refused(wrong: str) -> None:
    refuse_losses({("fan-out", "parley"): [result(1)], ("fan-out", "gevent"): [result(1, **{wrong: 1})]})
    with pytest.raises(Wrong, match=wrong):
        refuse_losses({("fan-out", "parley"): [result(1), result(1, **{wrong: 1})]})


def test_questions_are_asked_only_after_the_rooms_were_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[list[str], bool]] = []
    monkeypatch.setattr("benchmarks.scenarios.measure", lambda served, words, asks=False: told.append((words, asks)))
    Scenario("history", ONE_ROOM, "--senders 2", (COST,), before="--rate 4", asks=True).run(Served(1, 1, 1, (), ()))
    assert told == [(["--rate", "4"], False), (["--senders", "2"], True)]
