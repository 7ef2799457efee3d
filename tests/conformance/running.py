"""The conformance server as a process of its own, for as long as a suite talks to it."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

START_SECONDS = 10.0


@contextmanager
def running_server(port: int) -> Iterator[None]:
    """Serve on this port of localhost; exits with a word if it cannot."""
    with subprocess.Popen([sys.executable, "-m", "tests.conformance.serve", "--port", str(port)]) as process:
        try:
            _wait_until_it_listens(process, port)
            yield
        finally:
            process.terminate()


def _wait_until_it_listens(process: subprocess.Popen[bytes], port: int) -> None:
    give_up_at = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < give_up_at:
        try:
            socket.create_connection(("localhost", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    sys.exit(f"The server did not start on port {port}")
