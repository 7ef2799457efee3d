"""Divides stored messages whose JSON is whole into columns, byline and rest; in slices, so that it can be stopped."""

from collections.abc import Generator
from typing import Any

import msgspec
from django.db import connection, transaction

from chat.archive.writing.bylines import byline_ids
from chat.domain.message_json import Columns, is_whole, rest_of
from chat.domain.types import Author

ROWS = 2_000

_COLUMNS = "id, room_id, seq, epoch, sent_at, client_id, text, kind, rest"
_SLICE = f"SELECT {_COLUMNS} FROM chat_message WHERE id > %s AND byline_id IS NULL ORDER BY id LIMIT {ROWS}"  # noqa: S608  # constants
_COMPACT = "UPDATE chat_message SET byline_id = %s, rest = %s WHERE id = %s"


class _Sent(msgspec.Struct):
    author: Author | None = None


_decode = msgspec.json.Decoder(_Sent).decode


def compact_messages() -> Generator[int, None, None]:
    """Give after each slice the id of its last message. Messages with a byline were compacted before, and are passed over."""
    last = 0
    while (reached := _compact_slice(last)) is not None:
        yield (last := reached)


def _compact_slice(after: int) -> int | None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_SLICE, [after])
        rows = cursor.fetchall()
        authors = [_author(row[-1]) for row in rows]
        bylines = byline_ids(author for author in authors if author)
        known = [(row, author) for row, author in zip(rows, authors, strict=True) if author]
        cursor.executemany(_COMPACT, [(bylines[author], _rest(row, author), row[0]) for row, author in known])
    return rows[-1][0] if rows else None


def _author(payload: str) -> Author | None:
    return _decode(payload).author if is_whole(payload.encode()) else None


def _rest(row: tuple[Any, ...], author: Author) -> str:
    _, room_id, seq, epoch, sent_at, client_id, text, kind, payload = row
    return rest_of(Columns(room_id, seq, epoch, sent_at, client_id, author, text, kind), payload.encode()).decode()
