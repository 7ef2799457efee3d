"""Kills the process that imports it after the second batch of messages was inserted and before it is committed."""

import os
import signal
from collections.abc import Sequence

from django.db.backends.base.base import BaseDatabaseWrapper

from project.moving import copying
from project.moving.tables import Row, Table

insert, batches = copying._insert, 0


def _insert(target: BaseDatabaseWrapper, table: Table, rows: Sequence[Row]) -> None:
    global batches
    insert(target, table, rows)
    batches += table.__name__ == "Message"
    if batches == 2:
        os.kill(os.getpid(), signal.SIGKILL)


copying._insert = _insert
