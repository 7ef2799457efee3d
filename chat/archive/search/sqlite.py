"""The index in SQLite: one FTS5 table, whose rows are read from the newest on.

The tokenizer only splits at spaces: which words there are is decided in `words`. A phrase is looked up by its words, and then
for in the words of the row, so that the index need not hold positions: it is a third of the size.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy

from chat.archive.search.query import Phrase
from chat.archive.search.terms import NO_WORDS, Entry, WordsByText, author_mark, marks, room_mark, spans, words_by_text
from chat.archive.search.wanted import Found, Wanted
from chat.errors import bad_request

BATCH = 1_000
BATCHES = 20
# Who may read more rooms than the first may read much of what there is: the other rows of the first batch are passed over. If
# that does not fill the page, the rooms' marks narrow the rest; each costs 20 to 100 microseconds.
FEW_ROOMS = 10
MOST_ROOM_MARKS = 1_000
# No message is from later: 2109.
END_OF_TIME = 1 << 42

# "long" is a word to our SQLite backend: it does these in a thread. One row, so that all the work is done before it comes.
_CANDIDATES = """
    SELECT /* long */ json_group_array(id) FROM (
        SELECT rowid AS id FROM chat_search WHERE chat_search MATCH %s AND rowid < %s ORDER BY rowid DESC LIMIT %s)
"""
_PUT = "INSERT OR REPLACE /* long */ INTO chat_search (rowid, words) VALUES (%s, %s)"
_REMOVE = "DELETE /* long */ FROM chat_search WHERE rowid = %s"
# Every character but the space is part of a word, since we split the words ourselves. Beginnings of three to five letters are
# indexed, too: they fit most words.
_CREATE = """
    CREATE VIRTUAL TABLE chat_search USING fts5(words, detail=none, columnsize=0, prefix='3 4 5',
        tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'")
"""


class SqliteIndex:
    """Newest first is by id here: in a room as it was written, between rooms as it was archived, about a second apart."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self._connection = connection

    def put(self, entries: Sequence[Entry], known: WordsByText = NO_WORDS) -> None:
        words = words_by_text([entry.text for entry in entries], known)
        with self._connection.cursor() as cursor:
            cursor.executemany(_PUT, [(entry.id, " ".join([words[entry.text], *marks(entry)])) for entry in entries])

    def remove(self, ids: Iterable[int]) -> None:
        with self._connection.cursor() as cursor:
            cursor.executemany(_REMOVE, [(message_id,) for message_id in ids])

    def begin_rebuild(self) -> None:
        with self._connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS chat_search")
            cursor.execute(_CREATE)

    def end_rebuild(self) -> None:
        """Nothing is missing: FTS5 merges what was put into it meanwhile."""

    def find(self, wanted: Wanted) -> Found:
        """Look through as many candidates as a person has patience for; an `end` of a page that is not full says: go on."""
        below = _place(wanted.after)
        if (wanted.since or 0) >= min(wanted.until or END_OF_TIME, END_OF_TIME):
            return Found([], "")
        found: list[int] = []
        for batch in range(BATCHES):
            candidates = self._ask(_CANDIDATES, [_match(wanted, MOST_ROOM_MARKS if batch else FEW_ROOMS), below, BATCH])
            found += self._ask(*_filter(wanted, candidates, wanted.limit + 1 - len(found)))
            if len(found) > wanted.limit:
                return Found(found[: wanted.limit], str(found[wanted.limit - 1]))
            if len(candidates) < BATCH:
                return Found(found, "")
            below = candidates[-1]
        return Found(found, str(below))

    def _ask(self, sql: str, parameters: Sequence[Any]) -> list[int]:
        with self._connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            ids: list[int] = json.loads(cursor.fetchone()[0])
            return ids


def _place(after: str) -> int:
    if not after:
        return 1 << 62
    if after.isascii() and after.isdigit() and len(after) <= 18:
        return int(after)
    raise bad_request(gettext_lazy("There is no such page."))


def _match(wanted: Wanted, most_rooms: int) -> str:
    """Return an FTS5 query: one of each group. Rooms are not among them where there are more than `most_rooms`."""
    groups = [[_lookup(word, phrase, place)] for phrase in wanted.phrases for place, word in enumerate(phrase.words)]
    groups.append([_quoted(author_mark(user_id)) for user_id in wanted.authors])
    if wanted.rooms is not None and len(wanted.rooms) <= most_rooms:
        groups.append([_quoted(room_mark(room_id)) for room_id in wanted.rooms])
    if wanted.since is not None or wanted.until is not None:
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
    if wanted.rooms is not None:
        conditions.append("message.room_id IN (SELECT value FROM json_each(%s))")
        parameters.append(json.dumps(list(wanted.rooms)))
    for condition, moment in (("message.sent_at >= %s", wanted.since), ("message.sent_at < %s", wanted.until)):
        if moment is not None:
            conditions.append(condition)
            parameters.append(moment)
    for phrase in wanted.phrases:
        if len(phrase.words) > 1:
            conditions.append("instr(' ' || (SELECT words FROM chat_search WHERE rowid = message.id), %s)")
            parameters.append(f" {' '.join(phrase.words)}{'' if phrase.is_prefix else ' '}")
    sql = f"""
        SELECT /* long */ json_group_array(id) FROM (
            SELECT message.id FROM json_each(%s) AS candidate CROSS JOIN chat_message AS message ON message.id = candidate.value
            WHERE {" AND ".join(conditions)} ORDER BY candidate.key LIMIT %s)
    """  # noqa: S608  # the conditions are those above
    return sql, [*parameters, limit]
