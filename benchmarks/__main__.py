"""`make bench`: measures Parley beside its rivals; ARGS names scenarios, or changes how often and against whom."""

from gevent import monkey

monkey.patch_all()

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import publication
from benchmarks.building import HERE, build_loadgen, install_node_peer, install_python_peers
from benchmarks.comparison import compare
from benchmarks.contenders import CHANNELS, NODE, STOCK_GEVENT, Contender, parley
from benchmarks.cpus import describe
from benchmarks.descriptors import allow_many
from benchmarks.medians import Row, cells, heads, rows
from benchmarks.population import settle
from benchmarks.report import Wrong, print_table
from benchmarks.scenarios import LONG_SCENARIOS, SCENARIOS, Scenario

RESULTS = HERE / ".results"
SOLO = ("acknowledgement", "history_pages")
# Only when they are asked for: filling it takes longer than all the others; it needs a browser.
ASIDE = ("search", "page", "disk")
CONTENDERS = ("node", "parley", "gevent", "channels")
KNOWN = {scenario.name: scenario for scenario in (*SCENARIOS, *LONG_SCENARIOS)}


def main(words: Sequence[str]) -> int:
    """Return 0 if Parley kept its promises, whatever its speed."""
    asked = _parse(words)
    scenarios = [KNOWN[name] for name in asked.names if name in KNOWN]
    if not asked.names:
        scenarios = [*SCENARIOS, *(LONG_SCENARIOS if asked.long else ())]
    kept = True
    try:
        if scenarios:
            _compare(scenarios, asked)
    except Wrong as error:
        print(f"\nBROKEN: {error}")
        kept = False
    for name in (*SOLO, *ASIDE):
        if name in asked.names or (name in SOLO and not asked.names):
            print(f"\n{name}", flush=True)
            parts = asked.parts if name in ("page", "disk") else []
            kept &= subprocess.run([sys.executable, "-m", "benchmarks.solo", name, *parts], check=False).returncode == 0
    return 0 if kept else 1


def _parse(words: Sequence[str]) -> argparse.Namespace:
    names = [*KNOWN, *SOLO, *ASIDE]
    parser = argparse.ArgumentParser(prog="make bench", description="With no names it measures everything that takes minutes.")
    parser.add_argument("names", nargs="*", type=_one_of(names), metavar="name", help=", ".join(names))
    parser.add_argument("--repetitions", type=int, default=1, help="the table shows their medians (1)")
    parser.add_argument(
        "--only", nargs="+", type=_one_of(CONTENDERS), default=CONTENDERS, metavar="who", help=", ".join(CONTENDERS)
    )
    parser.add_argument("--long", action="store_true", help="idle-20000 as well: 6 minutes each")
    parser.add_argument(
        "--parts",
        nargs="+",
        default=[],
        metavar="part",
        help="of page: load, type, send, room, dialog, close, scroll; of disk: how many messages",
    )
    return parser.parse_args(words)


def _one_of(known: Sequence[str]) -> Callable[[str], str]:
    def check(word: str) -> str:
        if word not in known:
            raise argparse.ArgumentTypeError(f'there is no "{word}"; there are {", ".join(known)}')
        return word

    return check


def _compare(scenarios: Sequence[Scenario], asked: argparse.Namespace) -> None:
    allow_many()
    RESULTS.mkdir(exist_ok=True)
    raw = RESULTS / f"{time.strftime('%Y-%m-%d-%H%M%S')}.jsonl"
    with tempfile.TemporaryDirectory(prefix="parley-bench-") as folder:
        contenders = _prepare(asked.only, Path(folder))
        print(f"{describe()}\n", flush=True)
        results = compare(scenarios, contenders, asked.repetitions, raw)
    found = rows(scenarios, results)
    _print(found)
    if not asked.names and {"node", "parley"} <= {contender.name for contender in contenders}:
        publication.write(found, asked.repetitions)
    print(f"Everything that was measured: {raw.relative_to(HERE.parent)}")
    publication.refuse_losses(results)


def _prepare(names: Sequence[str], folder: Path) -> list[Contender]:
    build_loadgen()
    if "node" in names:
        install_node_peer()
    if {"gevent", "channels"} & set(names):
        install_python_peers()
    print("Settling 2,200 people ...", flush=True)
    settle(folder)
    known = {each.name: each for each in (NODE, parley(folder), STOCK_GEVENT, CHANNELS)}
    return [known[name] for name in names]


def _print(found: Sequence[Row]) -> None:
    print()
    print_table(heads(), [cells(row) for row in found])
    print()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
