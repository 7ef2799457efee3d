"""`make bench`: runs the scenarios named on the command line, or all, each on a server of its own."""

from gevent import monkey

monkey.patch_all()

import sys
from collections.abc import Callable

from benchmarks import acknowledgement, history_pages
from benchmarks.report import Wrong
from benchmarks.throwaway import ThrowawayServer

SCENARIOS: dict[str, Callable[[ThrowawayServer], None]] = {
    "acknowledgement": acknowledgement.run,
    "history_pages": history_pages.run,
}


def main(names: list[str]) -> int:
    """Return 0 if every scenario kept the promises, whatever its speed."""
    unknown = set(names) - set(SCENARIOS)
    if unknown:
        print(f"There is no {', '.join(sorted(unknown))}; there are {', '.join(SCENARIOS)}.", file=sys.stderr)
        return 2
    kept = True
    for name in names or SCENARIOS:
        with ThrowawayServer() as server:
            try:
                SCENARIOS[name](server)
            except Wrong as error:
                print(f"BROKEN: {error}")
                kept = False
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
