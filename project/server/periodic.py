"""Work that is done again and again while the server runs."""

from collections.abc import Callable

import gevent
from django.db import Error as DatabaseError
from django.db import connections as databases

from chat.domain.errors import ChatError
from chat.live.redis.outage import DATABASE, REDIS
from project.sqlite.damage import is_damage


def repeat(seconds: float, work: Callable[[], object]) -> None:
    """Go on for ever: while a store does not answer, the next turn tries again, by a new database connection."""
    name = getattr(work, "__qualname__", repr(work))
    try:
        while True:
            gevent.sleep(seconds)
            attempt(work, name)
    finally:
        databases.close_all()


def attempt(work: Callable[[], object], name: str) -> None:
    """Do it once; a store that does not answer is logged under this name."""
    try:
        work()
    except ChatError as error:
        REDIS.failed(name, error)
        databases.close_all()
    except DatabaseError as error:
        if not is_damage(error):  # which is reported once, where it is met
            DATABASE.failed(name, error)
        databases.close_all()
    else:
        REDIS.answered(name)
        DATABASE.answered(name)
