"""Says in the log which pages are refused a live connection: a wrong PUBLIC_URL shows nowhere else."""

import logging
import time
from collections.abc import Callable, Collection, Iterable
from typing import Any

log = logging.getLogger(__name__)

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]

# Anybody can send any origin: a line in ten seconds fills no disk.
SILENT_SECONDS = 10.0
LONGEST_ORIGIN = 200


def logging_refused_origins(
    transport: Application, origins: Collection[str], now: Callable[[], float] = time.monotonic
) -> Application:
    """Return the transport, which refuses on its own, with a line for what it refuses."""
    next_line = float("-inf")
    unsaid = 0

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        nonlocal next_line, unsaid
        origin = environ.get("HTTP_ORIGIN")
        if origin is not None and origin not in origins:
            unsaid += 1
            if now() >= next_line:
                log.warning(
                    "Refused a live connection to a page at %r (%s since the last line): PUBLIC_URL allows %s",
                    origin[:LONGEST_ORIGIN], unsaid, ", ".join(origins),
                )  # fmt: skip
                next_line, unsaid = now() + SILENT_SECONDS, 0
        return transport(environ, start_response)

    return answer
