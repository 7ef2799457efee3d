"""Copies one table's rows in batches: by COPY into PostgreSQL, by one prepared statement into SQLite."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from project.moving.progress import Progress, Reached
from project.moving.tables import Row, Table, columns, key_place, rows_after

# A message has up to 20,000 characters: a batch stays below 100 MB in the worst case, and below 1 MB in the usual one.
ROWS = 1_000


def copy_table(table: Table, source: str, target: str, progress: Progress) -> Iterator[int]:
    """Copy what is not copied yet; give the number of rows of each batch. Every batch is one transaction."""
    part, place = table._meta.db_table, key_place(table)
    reached = progress.of(part)
    while not reached.is_done:
        rows = rows_after(table, source, reached.last, ROWS)
        reached = Reached(rows[-1][place] if rows else reached.last, is_done=len(rows) < ROWS)
        with transaction.atomic(target):
            _insert(connections[target], table, rows)
            progress.save(part, reached)
        yield len(rows)


def _insert(target: BaseDatabaseWrapper, table: Table, rows: Sequence[Row]) -> None:
    if not rows:
        return
    prepared = (_prepared(target, table, row) for row in rows)
    quote = target.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in columns(table))
    into = f"{quote(table._meta.db_table)} ({names})"
    # COPY is psycopg's own: without this its errors would be of another class than Django's.
    with target.wrap_database_errors, target.cursor() as cursor:
        if target.vendor == "postgresql":
            with cursor.cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in prepared:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns(table)))
            cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", list(prepared))  # noqa: S608  # the models' own names


def _prepared(target: BaseDatabaseWrapper, table: Table, row: Row) -> list[Any]:
    """Return the row's values as this database stores them."""
    return [field.get_db_prep_save(value, target) for field, value in zip(columns(table), row, strict=True)]
