"""How many bytes a message takes on the disk, by table, index and column: of messages of 76 characters, archived as always.

On SQLite, or with DATABASE_URL on an empty database of PostgreSQL's. `python -m benchmarks.solo disk 100000` takes fewer.
"""

import json
import random
import time
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from typing import Any

from benchmarks.report import print_table
from benchmarks.search import AUTHORS, MS_BETWEEN, ROOMS, Language
from benchmarks.throwaway import ThrowawayServer

MESSAGES = 1_000_000
CHARS = 76
ROWS = 1_000

# The bytes that SQLite's record format gives a value; a table's b-tree and the record's header come on top.
_SQLITE_BYTES = """
    CASE typeof({0}) WHEN 'null' THEN 0 WHEN 'integer' THEN CASE WHEN {0} IN (0, 1) THEN 0 WHEN abs({0}) < 128 THEN 1
    WHEN abs({0}) < 32768 THEN 2 WHEN abs({0}) < 8388608 THEN 3 WHEN abs({0}) < 2147483648 THEN 4
    WHEN abs({0}) < 140737488355328 THEN 6 ELSE 8 END ELSE length(CAST({0} AS BLOB)) END
"""
_SQLITE_PARTS = "SELECT name, pgsize FROM dbstat('main', 1) ORDER BY 2 DESC"
# With its free space map and what is out of line, but for the indexes, which stand by themselves.
_POSTGRESQL_PARTS = """
    SELECT relname, CASE relkind WHEN 'r' THEN pg_table_size(oid) ELSE pg_relation_size(oid) END FROM pg_class
    WHERE relkind IN ('r', 'i') AND relnamespace = 'public'::regnamespace ORDER BY 2 DESC
"""
LARGEST = 12


def run(server: ThrowawayServer, parts: Sequence[str] = ()) -> None:
    """Fill the archive and say what it takes, where it takes it, and how fast it was archived."""
    messages = int(parts[0]) if parts else MESSAGES
    authors, rooms = _settle()
    before = _whole()
    began = time.perf_counter()
    _archive(_payloads(messages, rooms, authors))
    seconds = time.perf_counter() - began
    _settle_down()
    print(f"{messages:,} messages of {CHARS} characters in {ROOMS} rooms; archived {messages / seconds:,.0f} a second")
    print_table(["", "MB", "bytes a message"], [_row("everything", _whole() - before, messages)])
    print_table(["Table or index", "MB", "bytes a message"], [_row(name, size, messages) for name, size in _parts()])
    columns = sorted(_columns().items(), key=lambda column: -column[1])
    print_table(["Column of chat_message", "MB", "bytes a message"], [_row(name, size, messages) for name, size in columns])


def _row(name: str, size: int, messages: int) -> list[str]:
    return [name, f"{size / 1e6:.1f}", f"{size / messages:.1f}"]


def _settle() -> tuple[list[Any], list[int]]:
    from accounts.models import User
    from chat.models import Room

    authors = User.objects.bulk_create(
        User(handle=f"author{number}", name=f"Author {number}", email=f"a{number}@bench.example") for number in range(AUTHORS)
    )
    rooms = Room.objects.bulk_create(
        Room(name=f"room {number}", slug=f"room-{number}", kind="private", created_by=authors[0]) for number in range(ROOMS)
    )
    return authors, [room.pk for room in rooms]


def _payloads(messages: int, rooms: Sequence[int], authors: Sequence[Any]) -> Iterator[tuple[int, bytes]]:
    """Give each room and the JSON that append.lua makes of what a browser sends, with a client id of 32 hex digits."""
    chance = random.Random(1)
    language = Language(chance)
    room_weights = list(accumulate(1 / rank for rank in range(1, len(rooms) + 1)))
    author_weights = list(accumulate(1 / (rank + 5) for rank in range(len(authors))))
    now = int(time.time() * 1000)
    seqs = dict.fromkeys(rooms, 0)
    for number in range(messages):
        [room], [author] = chance.choices(rooms, cum_weights=room_weights), chance.choices(authors, cum_weights=author_weights)
        seqs[room] += 1
        payload = {
            "room": room,
            "seq": seqs[room],
            "epoch": f"{room:016x}",
            "sent_at": now - (messages - number) * MS_BETWEEN,
            "client_id": f"{chance.getrandbits(128):032x}",
            "author": {"id": author.pk, "handle": author.handle, "name": author.name},
            "text": _text(language),
            "kind": "text",
        }
        yield room, json.dumps(payload, separators=(",", ":")).encode()


def _text(language: Language) -> str:
    text = language.text()
    while len(text) < CHARS:
        text += " " + language.text()
    return text[: CHARS - 1] + "."


def _archive(payloads: Iterator[tuple[int, bytes]]) -> None:
    from django.db import transaction

    from chat.archive.search.indexing import indexing
    from chat.archive.writing.message_rows import add_messages

    while batch := list(islice(payloads, ROWS)):
        with transaction.atomic(), indexing([]) as changing:
            changing += add_messages(batch)


def _settle_down() -> None:
    """Bring into the tables what waits to be brought there."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            cursor.execute("VACUUM ANALYZE chat_message")
            cursor.execute("VACUUM ANALYZE chat_search")


def _whole() -> int:
    from django.db import connection

    sqlite = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    return int(_ask(sqlite if connection.vendor == "sqlite" else "SELECT pg_database_size(current_database())")[0][0])


def _parts() -> list[tuple[str, int]]:
    from django.db import connection

    return [
        (name, int(size))
        for name, size in _ask(_SQLITE_PARTS if connection.vendor == "sqlite" else _POSTGRESQL_PARTS)[:LARGEST]
    ]


def _columns() -> dict[str, int]:
    from django.db import connection

    from chat.models import Message

    names = [str(field.column) for field in Message._meta.concrete_fields]
    size = _SQLITE_BYTES if connection.vendor == "sqlite" else "pg_column_size({0})"
    sums = ", ".join(f"COALESCE(sum({size.format(name)}), 0)" for name in names)
    return dict(zip(names, map(int, _ask(f"SELECT {sums} FROM chat_message")[0]), strict=True))  # names of ours


def _ask(sql: str) -> list[tuple[Any, ...]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())
