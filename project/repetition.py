"""Work that is done again and again while the server runs."""

import logging
from collections.abc import Callable

import gevent
from django.db import DatabaseError
from django.db import connections as databases

from chat.errors import ChatError
from project.sqlite.damage import is_damage

log = logging.getLogger(__name__)


def repeat(seconds: float, work: Callable[[], object]) -> None:
    """Go on for ever: while a store does not answer, the next turn tries again, by a new database connection."""
    try:
        while True:
            gevent.sleep(seconds)
            try:
                work()
            except (ChatError, DatabaseError) as error:
                if not is_damage(error):  # which is reported once, where it is met
                    log.warning("%s: %s", getattr(work, "__name__", work), error)
                databases.close_all()
    finally:
        databases.close_all()
