"""Waits at the start for stores that are not up yet, and says why one cannot be used."""

import logging
import re
import time
from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.db import OperationalError, ProgrammingError, connection
from gevent.event import Event

from chat.live.redis.diagnosis import Problem, diagnose
from project.server.errors import StartCancelled, StartError

RETRY_SECONDS = 0.5
# PostgreSQL's answers to a connection that no waiting will change.
FINAL = re.compile(
    r"authentication failed|does not exist|no password supplied|pg_hba\.conf|certificate verify|permission denied"
    r"|SSL was required|support SSL|invalid (port|URI|sslmode|connection option)"
)

log = logging.getLogger(__name__)


def await_stores(stopping: Event) -> None:
    """Return when the stores that are not ours answer; raises StartError, or StartCancelled when `stopping` is set."""
    deadline = time.monotonic() + settings.STARTUP_PATIENCE
    if not settings.EMBEDDED_REDIS:
        _await("The Redis at REDIS_URL", partial(diagnose, settings.REDIS_URL), deadline, stopping)
    if connection.vendor == "postgresql":
        _await("The PostgreSQL at DATABASE_URL", _diagnose_database, deadline, stopping)


def redis_problem() -> str:
    """Return in one line what keeps us from using Redis now."""
    found = diagnose(settings.REDIS_URL)
    return f"The Redis at REDIS_URL {found.text if found else 'did not answer in time'}"


def _await(name: str, look: Callable[[], Problem | None], deadline: float, stopping: Event) -> None:
    is_told = False
    while problem := look():
        if not problem.can_pass or time.monotonic() >= deadline:
            raise StartError(f"{name} {problem.text}")
        if not is_told:
            is_told = True
            log.warning("%s %s; waiting for it up to %s s", name, problem.text, settings.STARTUP_PATIENCE)
        if stopping.wait(RETRY_SECONDS):
            raise StartCancelled


def _diagnose_database() -> Problem | None:
    try:
        connection.ensure_connection()
    except (OperationalError, ProgrammingError) as error:  # the latter of an option that libpq does not know
        text = " ".join(str(error).split())
        return Problem(f"cannot be used: {text}", can_pass=not FINAL.search(text))
    finally:
        connection.close()
    return None
