"""Runs the official Engine.IO v4 and Socket.IO v5 protocol suites against our transport, over polling, WebSocket and upgrade.

The suites are public, in the repository socketio/socket.io, and no part of this one. Get it, then give its folder (Node and npm
fetch what the suites need into it, and port 3000, which they are written for, must be free):

    git clone --depth 1 https://github.com/socketio/socket.io
    python -m tests.conformance.official --suites socket.io
"""

import argparse
import subprocess
import sys
from pathlib import Path

from tests.conformance.running import running_server

SUITES = ("docs/engine.io-protocol/v4-test-suite", "docs/socket.io-protocol/v5-test-suite")
PORT = 3000


def main() -> int:
    """Run both suites; return how many of them failed."""
    parser = argparse.ArgumentParser(description="Run the official protocol suites.")
    parser.add_argument("--suites", type=Path, required=True, help="a checkout of socketio/socket.io")
    checkout = parser.parse_args().suites
    missing = [suite for suite in SUITES if not (checkout / suite / "test-suite.js").is_file()]
    if missing:
        parser.error(f"{checkout} has no {missing[0]}")
    with running_server(PORT):
        return sum(not _passes(checkout / suite) for suite in SUITES)


def _passes(folder: Path) -> bool:
    if not (folder / "node_modules").is_dir():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=folder, check=True)
    # --exit: some of their cases leave a WebSocket open.
    mocha = ["node", "node_modules/mocha/bin/mocha", "test-suite.js", "--exit"]
    return subprocess.run(mocha, cwd=folder, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
