"""Django's SQLite backend for many greenlets in one process: the loop never waits inside SQLite, for a lock or for the disk.

SQLite waits for a lock in C, and while it sleeps there, no other greenlet runs: not even the one of this very process
that holds the lock and would let go of it. So SQLite is told not to wait, and the waiting is done here, by a sleep
that gevent can turn into a switch to the others. What waits for the disk, since every commit is synced, does so in a
thread, and so does a statement that says of itself, by the comment in LONG, that it has much to read or to write.
"""

import sqlite3
import time
from collections.abc import Callable, Iterable
from functools import cached_property, partial
from typing import Any, TypeVar

from django.db.backends.sqlite3.base import DatabaseWrapper as SQLiteDatabaseWrapper
from django.db.backends.sqlite3.base import SQLiteCursorWrapper
from django.db.utils import DatabaseErrorWrapper

from project.sqlite.damage import note_damage
from project.sqlite.disk import while_the_loop_goes_on

DEFAULT_TIMEOUT_SECONDS = 20.0
PAUSE_SECONDS = 0.003
# The low byte of an extended result code is the primary one: see sqlite.org/rescode.html.
LOCKED = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
# Each of these is synced to the disk at once when it stands outside a transaction.
WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE")
LONG = "/* long */"

T = TypeVar("T")


class DatabaseWrapper(SQLiteDatabaseWrapper):
    """SQLite whose waiting for a lock lets other greenlets run. OPTIONS["timeout"] is the longest wait in seconds."""

    lock_timeout = DEFAULT_TIMEOUT_SECONDS
    init_commands: list[str]

    @cached_property
    def wrap_database_errors(self) -> DatabaseErrorWrapper:
        """Django's translation of every error, of a fetch as well as of a statement; here it also notices damage."""
        return DamageNotingErrors(self)

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        self.lock_timeout = params.get("timeout", DEFAULT_TIMEOUT_SECONDS)
        # Run below, one by one: the change to WAL waits for a lock as well.
        self._first_commands, self.init_commands = self.init_commands, []
        return {**params, "timeout": 0}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        opened: list[PatientConnection] = []

        def open_patiently(*args: Any, **options: Any) -> PatientConnection:
            opened.append(PatientConnection(*args, **options))
            opened[0].lock_timeout = self.lock_timeout
            return opened[0]

        try:
            connection = super().get_new_connection({**conn_params, "factory": open_patiently})
            for command in self._first_commands:
                connection.execute(command)
        except BaseException:
            # Django leaves it open when it cannot prepare it.
            for connection in opened:
                connection.close()
            raise
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        cursor = self.connection.cursor(factory=PatientCursor)
        cursor.lock_timeout = self.lock_timeout
        return cursor

    def _commit(self) -> None:
        while_the_loop_goes_on(super()._commit)  # type: ignore[misc]  # its stubs know public methods only

    def _close(self) -> None:
        # The last one to leave brings the write-ahead log into the database.
        while_the_loop_goes_on(super()._close)  # type: ignore[misc]  # as above


class PatientConnection(sqlite3.Connection):
    """A connection that waits for a lock while Django prepares it: SQLite 3.51 reads the schema for any SELECT."""

    lock_timeout = DEFAULT_TIMEOUT_SECONDS

    def execute(self, *args: Any) -> sqlite3.Cursor:
        return retry_while_locked(partial(super().execute, *args), self.lock_timeout)


class DamageNotingErrors(DatabaseErrorWrapper):
    """Translates SQLite's errors to Django's, and reports a damaged file."""

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        if error is not None:
            note_damage(error, self.wrapper.settings_dict["NAME"])  # type: ignore[attr-defined]  # Django's own, not in its stubs
        super().__exit__(kind, error, trace)


class PatientCursor(SQLiteCursorWrapper):
    """A cursor that tries again while another connection holds the lock."""

    lock_timeout = DEFAULT_TIMEOUT_SECONDS

    def execute(self, query: str, params: Any = None) -> Any:
        attempt = partial(super().execute, query, params)
        is_writing = query.lstrip()[:7].upper().startswith(WRITING)
        in_transaction = self.connection.in_transaction
        if LONG in query or (is_writing and not in_transaction):
            attempt = partial(while_the_loop_goes_on, attempt, is_reading=not is_writing)
        # In a transaction the lock is ours, and what fails fails the whole of it.
        return attempt() if in_transaction else retry_while_locked(attempt, self.lock_timeout)

    def executemany(self, query: str, param_list: Iterable[Any]) -> Any:
        if self.connection.in_transaction:
            attempt = partial(super().executemany, query, param_list)
            return while_the_loop_goes_on(attempt) if LONG in query else attempt()
        # Row by row: each is its own commit here, and a second try of the whole would do the first rows twice.
        for params in param_list:
            self.execute(query, params)
        return self


def retry_while_locked(attempt: Callable[[], T], timeout: float) -> T:
    """Return what `attempt` returns; while the database is locked try again, for at most `timeout` seconds."""
    deadline = time.monotonic() + timeout
    while True:
        try:
            return attempt()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in LOCKED or time.monotonic() >= deadline:
                raise
        time.sleep(PAUSE_SECONDS)
