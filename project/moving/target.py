"""The database that a move fills: opened by its address, refused if it holds anything else, brought up to date."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from project.environment.stores import database
from project.moving.progress import Progress
from project.moving.tables import tables
from project.server.errors import StartError

ALIAS = "target"


def open_target(url: str) -> BaseDatabaseWrapper:
    """Return the connection, known to Django as ALIAS; raises StartError where there is no such database."""
    facts = _facts(url)
    if _place(facts) == place_of("default"):
        raise StartError("that is the database that is in use now")
    connections.databases[ALIAS] = connections.databases["default"] | {"OPTIONS": {}} | facts
    with suppress(AttributeError):
        del connections[ALIAS]
    target = connections[ALIAS]
    try:
        target.ensure_connection()
    except DatabaseError as error:
        raise StartError(f"the target does not answer: {error}") from error
    return target


def prepare(target: BaseDatabaseWrapper) -> Progress:
    """Make the tables in an empty target, or go on with a move that was stopped; raises StartError for any other."""
    progress, source = Progress(target), place_of("default")
    begun = progress.source()
    if begun is None:
        if target.introspection.table_names():
            raise StartError("the target is not empty: a move needs an empty database, or a file that does not exist yet")
        progress.begin(source)
    elif begun != source:
        raise StartError(f"the target is being filled from another database, {begun}")
    if not progress.of("tables").is_done:
        _make_tables(target, progress)
    return progress


def place_of(alias: str) -> str:
    """Return where a database is, without its password."""
    return _place(connections.databases[alias])


@contextmanager
def as_default(target: BaseDatabaseWrapper) -> Iterator[None]:
    """While it lasts, the default database is this one, for code that knows no other."""
    before = connections["default"]
    connections["default"] = target
    try:
        yield
    finally:
        connections["default"] = before


def _facts(url: str) -> dict[str, Any]:
    try:
        facts = database(url)
    except ValueError as error:
        raise StartError(str(error).replace("DATABASE_URL", "--to")) from error
    if facts["ENGINE"] == "project.sqlite":
        _create_file(Path(facts["NAME"]))
    return facts


def _create_file(path: Path) -> None:
    """Readable by its owner alone; SQLite gives its other files the same mode."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StartError(f"{path} cannot be written: {error.strerror}") from error


def _place(facts: dict[str, Any]) -> str:
    if facts["ENGINE"].endswith("postgresql"):
        return f"{facts['HOST'] or 'localhost'}:{facts['PORT'] or 5432}/{facts['NAME']}"
    return str(facts["NAME"]) if ":memory:" in str(facts["NAME"]) else str(Path(facts["NAME"]).resolve())


def _make_tables(target: BaseDatabaseWrapper, progress: Progress) -> None:
    """Without the signals of `migrate`: they would fill in rows that come from the source with numbers of their own."""
    with as_default(target):  # a migration that names no database changes the default one
        executor = MigrationExecutor(target)
        executor.migrate(executor.loader.graph.leaf_nodes())
    with transaction.atomic(ALIAS):
        for table in reversed(tables()):
            made_by_migrations = table._base_manager.using(ALIAS)
            if made_by_migrations.exists():
                made_by_migrations._raw_delete(ALIAS)
        progress.save("tables", progress.of("tables")._replace(is_done=True))
