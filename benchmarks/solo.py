"""What a few careful clients see of our server alone: `python -m benchmarks.solo NAME [PART ...]`, on a server of its own."""

from gevent import monkey

monkey.patch_all()

import sys
from collections.abc import Callable

from benchmarks import acknowledgement, disk, history_pages, page, search
from benchmarks.report import Wrong
from benchmarks.throwaway import ThrowawayServer

SCENARIOS: dict[str, Callable[..., None]] = {
    "acknowledgement": acknowledgement.run,
    "disk": disk.run,
    "history_pages": history_pages.run,
    "page": page.run,
    "search": search.run,
}


def main(name: str, *parts: str) -> int:
    """Return 0 if the scenario, or these parts of it, kept the promises, whatever its speed."""
    with ThrowawayServer() as server:
        server.share_record()
        try:
            SCENARIOS[name](server, *([parts] if parts else []))
        except Wrong as error:
            print(f"BROKEN: {error}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
