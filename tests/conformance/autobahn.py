"""Runs Autobahn|Testsuite's cases 1 to 10 against our WebSocket; ends with 1 if one of them fails.

The suite is public (PyPI: autobahntestsuite) and no part of this repository. It needs a Python 2.7 and the versions that its
own requirements.txt pins; give its executable:

    python -m tests.conformance.autobahn --wstest <environment>/bin/wstest [--reports <folder>]
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from tests.conformance.running import running_server

# 8 is empty; 12 and 13 are of the compression that we refuse.
CASES = [f"{group}.*" for group in (1, 2, 3, 4, 5, 6, 7, 9, 10)]
# What the suite itself does not call a failure.
PASSES = {"OK", "NON-STRICT", "INFORMATIONAL"}
AGENT = "Parley"
PORT = 3001
SECONDS = 600.0

Results = dict[str, dict[str, Any]]


def main() -> int:
    """Run the cases; return 1 if one failed or none ran."""
    parser = argparse.ArgumentParser(description="Run Autobahn|Testsuite against our WebSocket.")
    parser.add_argument("--wstest", required=True, help="the suite's executable")
    parser.add_argument("--reports", type=Path, help="an empty folder in which to keep what the suite writes about every case")
    arguments = parser.parse_args()
    wstest = shutil.which(arguments.wstest)
    if wstest is None:
        parser.error(f"{arguments.wstest} cannot be run")
    with tempfile.TemporaryDirectory() as folder:
        return _summarise(_run(wstest, arguments.reports or Path(folder)))


def _run(wstest: str, reports: Path) -> Results:
    reports.mkdir(parents=True, exist_ok=True)
    specification = {
        "outdir": str(reports.resolve()),
        "servers": [{"agent": AGENT, "url": f"ws://localhost:{PORT}/echo"}],
        "cases": CASES,
        "exclude-cases": [],
        "exclude-agent-cases": {},
    }
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(specification, file)
        file.flush()
        with running_server(PORT):
            subprocess.run([wstest, "-m", "fuzzingclient", "-s", file.name], cwd=reports, check=True, timeout=SECONDS)
    results: Results = json.loads((reports / "index.json").read_text())[AGENT]
    return results


def _summarise(results: Results) -> int:
    """Print what is not plainly OK, and how many are what."""
    verdicts = {case: {result["behavior"], result["behaviorClose"]} for case, result in results.items()}
    for case, verdict in verdicts.items():
        if verdict != {"OK"}:
            print(f"{case:8}{' / '.join(sorted(verdict - {'OK'}))}")
    failed = sum(not verdict <= PASSES for verdict in verdicts.values())
    counted = Counter(result["behavior"] for result in results.values())
    print(f"{len(results)} cases, {failed} failed:", ", ".join(f"{count} {name}" for name, count in counted.most_common()))
    return 1 if failed or not results else 0


if __name__ == "__main__":
    sys.exit(main())
