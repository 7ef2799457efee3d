"""What clients do wrong, as Django logs it: one line each with the address, no stack, no secret, and only so many a minute.

Port scanners call a server by wrong names all day, and each of them used to write twenty lines.
"""

import logging
import re
import time

from accounts.auth.client_address import client_address

LOGGERS = ("django.request", "django.security", "chat.web.unavailable", "project.server.http.known_host")
LINES, SECONDS = 60, 60.0
# Keys of invitations, set-up links and password resets are part of their addresses.
_SECRET = re.compile(r"(?<=/)[A-Za-z0-9_:-]{20,}")


class ClientErrors(logging.Filter):
    """On the handler, as a logger's own filters do not see what its children say."""

    def __init__(self) -> None:
        super().__init__()
        self._limit = LineLimit()

    def filter(self, record: logging.LogRecord) -> bool:
        if not record.name.startswith(LOGGERS):
            return True
        request = getattr(record, "request", None)
        if request is not None:
            record.address = client_address(request)
        record.msg, record.args = _SECRET.sub("...", record.getMessage()), ()
        if record.levelno >= logging.ERROR and getattr(record, "status_code", 500) >= 500:
            return True
        record.exc_info = record.exc_text = None
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        return self._limit.admits(record)


class LineLimit:
    """So many lines in so many seconds; the next line says how many were left out."""

    def __init__(self, lines: int = LINES, seconds: float = SECONDS) -> None:
        self._lines, self._seconds = lines, seconds
        self._began, self._written, self._left_out = 0.0, 0, 0

    def admits(self, record: logging.LogRecord) -> bool:
        """Whether the line is written."""
        now = time.monotonic()
        if now - self._began >= self._seconds:
            self._began, self._written = now, 0
        self._written += 1
        if self._written > self._lines:
            self._left_out += 1
            return False
        if self._left_out:
            record.msg = f"{record.msg} ({self._left_out} lines before it were left out)"
            self._left_out = 0
        return True
