"""Whether two databases hold the same rows: by their number and a checksum of each table."""

import json
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any, NamedTuple

from project.moving.copying import ROWS
from project.moving.tables import Row, Table, key_place, rows_after

_MODULUS = 1 << 64


class Summary(NamedTuple):
    """How many rows there are, and the sum of their hashes: databases sort texts differently, so the order does not count."""

    rows: int
    checksum: int

    def __str__(self) -> str:
        return f"{self.rows} rows, checksum {self.checksum:016x}"


def summarise(table: Table, alias: str) -> Summary:
    """Return what a table holds, read as Python values, which are the same whatever the database stores them as."""
    count = checksum = 0
    for row in _rows(table, alias):
        count += 1
        checksum = (checksum + _hash(row)) % _MODULUS
    return Summary(count, checksum)


def _rows(table: Table, alias: str) -> Iterator[Row]:
    last, place = None, key_place(table)
    while rows := rows_after(table, alias, last, ROWS):
        yield from rows
        last = rows[-1][place]


def _hash(row: Row) -> int:
    text = "\x1f".join(map(_text, row))
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _text(value: Any) -> str:
    """JSON is compared by what it says: PostgreSQL does not keep the order of its keys."""
    return json.dumps(value, sort_keys=True) if isinstance(value, dict | list) else repr(value)
