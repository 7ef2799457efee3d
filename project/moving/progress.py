"""How far a move has come: a table in the target, written in the same transaction as the rows, so that it is never wrong."""

import json
from typing import Any, NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper

from project.moving.unfinished import TABLE as NAME

_CREATE = f"CREATE TABLE {NAME} (part varchar(200) PRIMARY KEY, last text NOT NULL, is_done smallint NOT NULL)"
_SAVE = f"""
    INSERT INTO {NAME} (part, last, is_done) VALUES (%s, %s, %s)
    ON CONFLICT (part) DO UPDATE SET last = EXCLUDED.last, is_done = EXCLUDED.is_done
"""  # noqa: S608  # nothing of it comes from outside
_SOURCE = "source"


class Reached(NamedTuple):
    """The last primary key that was copied (None: no row yet), and whether it was the table's last."""

    last: Any = None
    is_done: bool = False


class Progress:
    """The progress of the move into one target."""

    def __init__(self, target: BaseDatabaseWrapper) -> None:
        self._target = target

    def begin(self, source: str) -> None:
        """Mark an empty target as one that is being filled from this source."""
        with self._target.cursor() as cursor:
            cursor.execute(_CREATE)
        self.save(_SOURCE, Reached(source, is_done=False))

    def source(self) -> str | None:
        """Return from where the target is being filled; None where no move was begun."""
        if NAME not in self._target.introspection.table_names():
            return None
        return str(self.of(_SOURCE).last)

    def of(self, part: str) -> Reached:
        """Return how far a table, or another part of the move, is."""
        with self._target.cursor() as cursor:
            cursor.execute(f"SELECT last, is_done FROM {NAME} WHERE part = %s", [part])  # noqa: S608  # as above
            found = cursor.fetchone()
        return Reached(json.loads(found[0]), bool(found[1])) if found else Reached()

    def save(self, part: str, reached: Reached) -> None:
        """Note it, in the caller's transaction."""
        with self._target.cursor() as cursor:
            cursor.execute(_SAVE, [part, json.dumps(reached.last), int(reached.is_done)])

    def end(self) -> None:
        """Make the target an ordinary database."""
        with self._target.cursor() as cursor:
            cursor.execute(f"DROP TABLE {NAME}")
