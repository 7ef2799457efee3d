"""The index in PostgreSQL: a tsvector and a GIN index, asked from the newest hours to the oldest years.

A GIN index knows no order: of a common word it finds a million rows before the newest twenty can be chosen. So it is asked for
the newest span of time first, by the marks that a message bears for it, and for a much longer one only if that was not enough:
a word that is rare in the first is not common in the next.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from time import time
from typing import Any

from django.db import OperationalError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy
from psycopg.errors import QueryCanceled

from chat.archive.search.query import Phrase
from chat.archive.search.request import EDITED, SearchMatches, Wanted, every, mentioning
from chat.archive.search.terms import (
    NO_WORDS,
    SHORTEST_SPAN_MS,
    IndexEntry,
    WordsByText,
    author_mark,
    room_mark,
    spans,
    trait_mark,
    words_by_text,
)
from chat.domain.errors import ChatError, Code, bad_request

TIMEOUT_MS = 2_000
# Alternatives make GIN slow; who may read more rooms may read much of what there is, and the other rows are passed over.
MOST_ROOM_MARKS = 30
# An answer from the first of these windows is the rule. They begin at multiples of their length, in ms.
WINDOW_BITS = (24, 28, 32)

# The beginnings that fit most words are terms of their own: gathering the rows of all those words took 40 ms.
_BEGINNING, BEGINNING_CHARS = "^", 3
# The terms are in the index alone: in each row once more they took half of all the space.
_TERMS = "chat_search_terms(words, room_id, author_id, sent_at)"
# Whatever is estimated, there is one good plan: the GIN index, the few rows that it names, the newest of them.
_PLAN = f"""
    SET LOCAL statement_timeout = {TIMEOUT_MS}; SET LOCAL jit = off;
    SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off
"""
_PUT = """
    INSERT INTO chat_search (id, room_id, author_id, sent_at, words) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (id) DO UPDATE SET author_id = EXCLUDED.author_id, words = EXCLUDED.words
"""
_REMOVE = "DELETE FROM chat_search WHERE id = ANY(%s)"
# Row by row, filling it takes ten times as long as making it of everything. What was put in lately waits in a list that every
# search reads to the end: a short one.
_DROP_INDEX = "DROP INDEX IF EXISTS chat_search_terms"
_CREATE_INDEX = f"CREATE INDEX chat_search_terms ON chat_search USING gin ({_TERMS}) WITH (gin_pending_list_limit = 512)"


class PostgresqlIndex:
    """Newest first is by the time of sending."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self._connection = connection

    def put(self, entries: Sequence[IndexEntry], known: WordsByText = NO_WORDS) -> None:
        words = words_by_text([entry.text for entry in entries], known)
        with self._connection.cursor() as cursor:
            cursor.executemany(_PUT, [_row(entry, words[entry.text]) for entry in entries])

    def remove(self, entries: Sequence[IndexEntry], known: WordsByText = NO_WORDS) -> None:
        with self._connection.cursor() as cursor:
            cursor.execute(_REMOVE, [[entry.id for entry in entries]])

    def forget_deleted(self, most: int, is_indexed: Callable[[int], bool] = every) -> int:
        """A trigger does it at once here."""
        return 0

    def begin_rebuild(self) -> None:
        with self._connection.cursor() as cursor:
            cursor.execute("TRUNCATE chat_search")
            cursor.execute(_DROP_INDEX)

    def end_rebuild(self) -> None:
        with self._connection.cursor() as cursor:
            cursor.execute(_DROP_INDEX)
            cursor.execute(_CREATE_INDEX)

    def find(self, wanted: Wanted) -> SearchMatches:
        """Ask for one window after the other until the page is full."""
        place = _place(wanted.after)
        rows: list[tuple[int, int]] = []
        try:
            with transaction.atomic(self._connection.alias), self._connection.cursor() as cursor:
                cursor.execute(_PLAN)
                for since, until in _windows(wanted.since or 0, min(place[0] + 1, wanted.until or place[0] + 1)):
                    cursor.execute(*_select(wanted, since, until, place, wanted.limit + 1 - len(rows)))
                    rows += cursor.fetchall()
                    if len(rows) > wanted.limit:
                        break
        except OperationalError as error:
            if isinstance(error.__cause__, QueryCanceled):
                raise ChatError(
                    Code.UNAVAILABLE, gettext_lazy("That search took too long. Try more specific words.")
                ) from error
            raise
        kept = rows[: wanted.limit]
        return SearchMatches(
            [message_id for message_id, _ in kept], "{1}-{0}".format(*kept[-1]) if len(rows) > len(kept) else ""
        )


def _row(entry: IndexEntry, words: str) -> tuple[int, int, int | None, int, str]:
    return entry.id, entry.room_id, entry.author_id, entry.sent_at, words


def _place(after: str) -> tuple[int, int]:
    """Where to go on: (sent_at, id), of which both are smaller in what follows. A server's clock may be an hour fast."""
    if not after:
        return int(time() * 1000) + SHORTEST_SPAN_MS, 0
    found = re.fullmatch(r"(\d{1,15})-(\d{1,18})", after, re.ASCII)
    if not found:
        raise bad_request(gettext_lazy("There is no such page."))
    return int(found[1]), int(found[2])


def _windows(since: int, until: int) -> Iterator[tuple[int, int]]:
    """Cut the time from `since` until before `until` into windows, each much longer than the one before, the newest first."""
    for bits in WINDOW_BITS:
        start = max(since, ((until >> bits) - 1) << bits)
        if start < until:
            yield start, until
        until = start
    if since < until:
        yield since, until


def _select(wanted: Wanted, since: int, until: int, place: tuple[int, int], limit: int) -> tuple[str, list[Any]]:
    conditions = [f"{_TERMS} @@ %s::tsquery", "sent_at >= %s", "sent_at < %s", "(sent_at, id) < (%s, %s)"]
    parameters: list[Any] = [_tsquery(wanted, since, until), since, until, *place]
    if wanted.rooms is not None:
        conditions.append("room_id = ANY(%s)")
        parameters.append(list(wanted.rooms))
    if wanted.mentioned:
        conditions.append(f"id IN ({mentioning(wanted, '= ANY(%s)')})")
        parameters.append(list(wanted.mentioned))
    if wanted.is_edited:
        conditions.append(f"EXISTS (SELECT 1 FROM chat_message AS message WHERE message.id = chat_search.id AND {EDITED})")  # noqa: S608  # ours
    for phrase in wanted.phrases:
        if len(phrase.words) > 1:
            conditions.append("strpos(' ' || words || ' ', %s) > 0")
            parameters.append(f" {' '.join(phrase.words)}{'' if phrase.is_prefix else ' '}")
    where = " AND ".join(conditions)
    sql = f"SELECT id, sent_at FROM chat_search WHERE {where} ORDER BY sent_at DESC, id DESC LIMIT %s"  # noqa: S608  # as above
    return sql, [*parameters, limit]


def _tsquery(wanted: Wanted, since: int, until: int) -> str:
    groups = [[_lookup(word, phrase, place)] for phrase in wanted.phrases for place, word in enumerate(phrase.words)]
    groups += [[_quoted(trait_mark(trait))] for trait in wanted.traits]
    groups.append([_quoted(author_mark(user_id)) for user_id in wanted.authors])
    if wanted.rooms is not None and len(wanted.rooms) <= MOST_ROOM_MARKS:
        groups.append([_quoted(room_mark(room_id)) for room_id in wanted.rooms])
    # The last window is most of all time: to look for a hundred marks in each row takes longer than to leave out a few rows.
    if since or not any(groups):
        groups.append([_quoted(mark) for mark in spans(since, until)])
    return " & ".join(f"({' | '.join(group)})" for group in groups if group)


def _lookup(word: str, phrase: Phrase, place: int) -> str:
    if not phrase.is_prefix or place < len(phrase.words) - 1:
        return _quoted(word)
    return _quoted(_BEGINNING + word) if len(word) == BEGINNING_CHARS else f"{_quoted(word)}:*"


def _quoted(term: str) -> str:
    return "'{}'".format(term.replace("\\", "\\\\").replace("'", "''"))
