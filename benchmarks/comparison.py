"""Runs the scenarios: in each repetition each scenario, in each scenario one contender after the other on a new server."""

import json
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from benchmarks.contenders import Contender
from benchmarks.load import Result, complaints
from benchmarks.scenarios import Scenario

# By scenario and contender, one a repetition.
Results = dict[tuple[str, str], list[Result]]


def compare(scenarios: Sequence[Scenario], contenders: Sequence[Contender], repetitions: int, raw: Path) -> Results:
    """Return all results; each is written to `raw` at once, a line of JSON."""
    results: Results = defaultdict(list)
    for repetition in range(repetitions):
        # Who begins changes, so that a machine that slows down or warms up favours nobody.
        order = contenders if repetition % 2 == 0 else contenders[::-1]
        for scenario in scenarios:
            for contender in order:
                if contender.name in scenario.contenders:
                    result = _run(scenario, contender, f"{repetition + 1}/{repetitions}")
                    results[scenario.name, contender.name].append(result)
                    with raw.open("a") as file:
                        file.write(json.dumps({"scenario": scenario.name, "contender": contender.name, **result}) + "\n")
    return results


def _run(scenario: Scenario, contender: Contender, progress: str) -> Result:
    began = time.monotonic()
    print(f"  {progress}  {scenario.name:<16} {contender.title:<13}", end="", flush=True)
    with contender.serve(scenario.population) as served:
        result = scenario.run(served)
    figures = "  ".join(f"{each.read(result):,.3g} {each.unit}" for each in scenario.measures)
    wrong = "".join(f"  {complaint}" for complaint in complaints(result))
    print(f"{figures}{wrong}  ({time.monotonic() - began:.0f} s)", flush=True)
    return result
