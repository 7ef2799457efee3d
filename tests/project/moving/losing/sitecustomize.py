"""Loses one message on the way."""

from collections.abc import Sequence

from django.db.backends.base.base import BaseDatabaseWrapper

from project.moving import copying
from project.moving.tables import Row, Table

insert = copying._insert


def _insert(target: BaseDatabaseWrapper, table: Table, rows: Sequence[Row]) -> None:
    insert(target, table, rows[1:] if table.__name__ == "Message" else rows)


copying._insert = _insert
