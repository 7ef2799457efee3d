"""The index in SQLite: one FTS5 table, whose rows are read from the newest on.

The tokenizer only splits at spaces: which words there are is decided in `words`. The table holds neither the words of a row
(`content=''`) nor their positions (`detail=none`): it is a fifth of the size. So a phrase is looked up by its words and then
looked for in the texts of the messages, and what is removed must be given as it was put.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy

from bounds.pause import let_others_go_on
from chat.archive.search.query import Phrase
from chat.archive.search.request import EDITED, SearchMatches, Wanted, every, mentioning
from chat.archive.search.terms import (
    NO_WORDS,
    IndexEntry,
    WordsByText,
    author_mark,
    indexed_words,
    marks,
    room_mark,
    spans,
    trait_mark,
    words_by_text,
)
from chat.domain.errors import bad_request

BATCH = 1_000
BATCHES = 20
# So many are read and looked through at once where phrases are asked for.
TEXTS = 100
# Who may read more rooms than the first may read much of what there is: the other rows of the first batch are passed over. If
# that does not fill the page, the rooms' marks narrow the rest; each costs 20 to 100 microseconds.
FEW_ROOMS = 10
MOST_ROOM_MARKS = 1_000
# No message is from later: 2109.
END_OF_TIME = 1 << 42

# "long" is a word to our SQLite backend: it does these in a thread. One row, so that all the work is done before it comes.
_CANDIDATES = """
    SELECT /* long */ json_group_array(id) FROM (
        SELECT rowid AS id FROM chat_search WHERE chat_search MATCH %s AND rowid < %s {} ORDER BY rowid DESC LIMIT %s)
"""
_MENTIONING = "AND rowid IN ({})"
_ONE_OF = "IN (SELECT value FROM json_each(%s))"
_TEXTS = """
    SELECT /* long */ json_group_array(json_array(id, text)) FROM (
        SELECT message.id, message.text FROM json_each(%s) AS candidate CROSS JOIN chat_message AS message
        ON message.id = candidate.value ORDER BY candidate.key)
"""
_PUT = "INSERT /* long */ INTO chat_search (rowid, words) VALUES (%s, %s)"
_REMOVE = "INSERT /* long */ INTO chat_search (chat_search, rowid, words) VALUES ('delete', %s, %s)"
_DELETED = "SELECT id, room_id, author_id, sent_at, text FROM chat_search_deleted ORDER BY id LIMIT %s"
_FORGET = "DELETE FROM chat_search_deleted WHERE id = %s"
# Every character but the space is part of a word, since we split the words ourselves. Beginnings of three to five letters are
# indexed, too: they fit most words.
_CREATE = """
    CREATE VIRTUAL TABLE chat_search USING fts5(words, content='', detail=none, columnsize=0, prefix='3 4 5',
        tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'")
"""
# FTS5 calls itself corrupt when it is told to remove more rows or words than were put, as may happen in a small index after
# Python's Unicode has changed, or beside a rebuild. So its totals begin with what no message has.
_RESERVE = "INSERT INTO chat_search (rowid, words) VALUES (0, %s)"
_RESERVED_ROWS, _RESERVED_WORDS = 100, 100


class SqliteIndex:
    """Newest first is by id here: in a room as it was written, between rooms as it was archived, about a second apart."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self._connection = connection

    def put(self, entries: Sequence[IndexEntry], known: WordsByText = NO_WORDS) -> None:
        with self._connection.cursor() as cursor:
            cursor.executemany(_PUT, _rows(entries, known))

    def remove(self, entries: Sequence[IndexEntry], known: WordsByText = NO_WORDS) -> None:
        with self._connection.cursor() as cursor:
            cursor.executemany(_REMOVE, _rows(entries, known))

    def forget_deleted(self, most: int, is_indexed: Callable[[int], bool] = every) -> int:
        """A trigger noted what they were: deleting a room of 100,000 messages waits for no word of theirs."""
        with self._connection.cursor() as cursor:
            cursor.execute(_DELETED, [most])
            if not (deleted := [IndexEntry(*row) for row in cursor.fetchall()]):
                return 0
        words = words_by_text(entry.text for entry in deleted)  # in time slices, before the database is locked
        with transaction.atomic(self._connection.alias), self._connection.cursor() as cursor:
            cursor.executemany(_REMOVE, _rows([entry for entry in deleted if is_indexed(entry.id)], words))
            cursor.executemany(_FORGET, [(entry.id,) for entry in deleted])
        return len(deleted)

    def begin_rebuild(self) -> None:
        with self._connection.cursor() as cursor:
            cursor.execute("DELETE FROM chat_search_deleted")
            cursor.execute("DROP TABLE IF EXISTS chat_search")
            cursor.execute(_CREATE)
            cursor.executemany(_RESERVE, [(". " * _RESERVED_WORDS,)] * _RESERVED_ROWS)

    def end_rebuild(self) -> None:
        """Nothing is missing: FTS5 merges what was put into it meanwhile."""

    def find(self, wanted: Wanted) -> SearchMatches:
        """Look through as many candidates as a person has patience for; an `end` of a page that is not full says: go on."""
        below = _place(wanted.after)
        if (wanted.since or 0) >= min(wanted.until or END_OF_TIME, END_OF_TIME):
            return SearchMatches([], "")
        found: list[int] = []
        for batch in range(BATCHES):
            candidates = self._ask(*_candidates(wanted, _match(wanted, MOST_ROOM_MARKS if batch else FEW_ROOMS), below))
            found += self._filter(wanted, candidates, wanted.limit + 1 - len(found))
            if len(found) > wanted.limit:
                return SearchMatches(found[: wanted.limit], str(found[wanted.limit - 1]))
            if len(candidates) < BATCH:
                return SearchMatches(found, "")
            below = candidates[-1]
        return SearchMatches(found, str(below))

    def _filter(self, wanted: Wanted, candidates: Sequence[int], limit: int) -> list[int]:
        phrases = [phrase for phrase in wanted.phrases if len(phrase.words) > 1]
        if not phrases:
            return self._ask(*_filter(wanted, candidates, limit))
        left = self._ask(*_filter(wanted, candidates, len(candidates)))
        return list(islice(self._with_phrases(left, phrases), limit))

    def _with_phrases(self, ids: Sequence[int], phrases: Sequence[Phrase]) -> Iterator[int]:
        for start in range(0, len(ids), TEXTS):
            for message_id, text in self._ask(_TEXTS, [json.dumps(ids[start : start + TEXTS])]):
                if _are_in(text, phrases):
                    yield message_id
            let_others_go_on()

    def _ask(self, sql: str, parameters: Sequence[Any]) -> list[Any]:
        with self._connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            values: list[Any] = json.loads(cursor.fetchone()[0])
            return values


def _rows(entries: Sequence[IndexEntry], known: WordsByText) -> list[tuple[int, str]]:
    words = words_by_text([entry.text for entry in entries], known)
    return [(entry.id, " ".join([words[entry.text], *marks(entry)])) for entry in entries]


def _are_in(text: str, phrases: Sequence[Phrase]) -> bool:
    """Return whether the text has all of these phrases."""
    words = indexed_words(text)
    return all(phrase.is_in(words) for phrase in phrases)


def _place(after: str) -> int:
    if not after:
        return 1 << 62
    if after.isascii() and after.isdigit() and len(after) <= 18:
        return int(after)
    raise bad_request(gettext_lazy("There is no such page."))


def _candidates(wanted: Wanted, match: str, below: int) -> tuple[str, list[Any]]:
    if not wanted.mentioned:
        return _CANDIDATES.format(""), [match, below, BATCH]
    mentioned = _MENTIONING.format(mentioning(wanted, _ONE_OF))
    return _CANDIDATES.format(mentioned), [match, below, json.dumps(list(wanted.mentioned)), BATCH]


def _match(wanted: Wanted, most_rooms: int) -> str:
    """Return an FTS5 query: one of each group. Rooms are not among them where there are more than `most_rooms`."""
    groups = [[_lookup(word, phrase, place)] for phrase in wanted.phrases for place, word in enumerate(phrase.words)]
    groups += [[_quoted(trait_mark(trait))] for trait in wanted.traits]
    groups.append([_quoted(author_mark(user_id)) for user_id in wanted.authors])
    if wanted.rooms is not None and len(wanted.rooms) <= most_rooms:
        groups.append([_quoted(room_mark(room_id)) for room_id in wanted.rooms])
    if wanted.since is not None or wanted.until is not None or not any(groups):
        groups.append([_quoted(mark) for mark in spans(wanted.since or 0, min(wanted.until or END_OF_TIME, END_OF_TIME))])
    return " AND ".join(f"({' OR '.join(group)})" for group in groups if group)


def _lookup(word: str, phrase: Phrase, place: int) -> str:
    goes_on = phrase.is_prefix and place == len(phrase.words) - 1
    return f"{_quoted(word)}*" if goes_on else _quoted(word)


def _quoted(term: str) -> str:
    return '"{}"'.format(term.replace('"', '""'))


def _filter(wanted: Wanted, candidates: Sequence[int], limit: int) -> tuple[str, list[Any]]:
    """Return what keeps of the candidates those that are wanted, in the same order: the marks narrow, this decides."""
    conditions = ["NOT message.deleted"]
    parameters: list[Any] = [json.dumps(candidates)]
    if wanted.is_edited:
        conditions.append(EDITED)
    if wanted.rooms is not None:
        conditions.append("message.room_id IN (SELECT value FROM json_each(%s))")
        parameters.append(json.dumps(list(wanted.rooms)))
    for condition, moment in (("message.sent_at >= %s", wanted.since), ("message.sent_at < %s", wanted.until)):
        if moment is not None:
            conditions.append(condition)
            parameters.append(moment)
    sql = f"""
        SELECT /* long */ json_group_array(id) FROM (
            SELECT message.id FROM json_each(%s) AS candidate CROSS JOIN chat_message AS message ON message.id = candidate.value
            WHERE {" AND ".join(conditions)} ORDER BY candidate.key LIMIT %s)
    """  # noqa: S608  # the conditions are those above
    return sql, [*parameters, limit]
