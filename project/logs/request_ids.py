"""An id for each request, in the answer's X-Request-ID and in every log line that is written meanwhile."""

import logging
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

HEADER = "X-Request-ID"
# What proxies make: UUIDs, hexadecimal numbers, base64. Anything else is replaced, since it ends up in the log.
_WELL_FORMED = re.compile(r"[A-Za-z0-9._=+/-]{1,64}")

# Of this greenlet, which serves one request at a time.
_current: ContextVar[str] = ContextVar("request_id", default="")


@contextmanager
def request_id(environ: dict[str, Any]) -> Iterator[str]:
    """Give the id that the proxy has made, or a new one, for as long as the request lasts."""
    given = environ.get("HTTP_X_REQUEST_ID", "")
    chosen = given if _WELL_FORMED.fullmatch(given) else secrets.token_hex(8)
    before = _current.set(chosen)
    try:
        yield chosen
    finally:
        _current.reset(before)


class AddRequestId(logging.Filter):
    """Says which request a line belongs to."""

    def filter(self, record: logging.LogRecord) -> bool:
        if found := _current.get():
            record.request_id = found
        return True
