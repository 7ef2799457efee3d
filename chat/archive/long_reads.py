"""Reads that may have to look at a million rows, as a list under several filters: the loop goes on meanwhile."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.models import Aggregate, QuerySet, TextField

# A word to our SQLite backend; to others a comment.
LONG = "/* long */"


class _Together(Aggregate):
    """All values in one row: SQLite looks for the first row when it is asked, but for the others when they are fetched."""

    function = "json_group_array"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="json_agg", template="%(function)s(%(expressions)s)::text", **context)


@contextmanager
def off_the_loop() -> Iterator[None]:
    """Run every query in here while the loop goes on."""
    with connection.execute_wrapper(_mark):
        yield


def ids_of(rows: QuerySet[Any], most: int) -> list[int]:
    """Return the keys of at most so many rows, in their order."""
    # A queryset without an end would be put together in any order.
    found = rows[:most].values("pk").aggregate(together=_Together("pk"))["together"]
    ids: list[int] = json.loads(found or "[]")
    return ids


def _mark(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    return execute(f"{LONG} {sql}" if sql.startswith("SELECT") else sql, params, many, context)
