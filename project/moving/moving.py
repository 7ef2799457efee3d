"""The move itself: copy, compare, index; each step goes on where an earlier, stopped move was."""

from collections.abc import Callable

from django.core.management.color import no_style
from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from chat.archive.search.rebuilding import rebuild
from project.moving.comparing import summarise
from project.moving.copying import copy_table
from project.moving.progress import Progress, Reached
from project.moving.tables import Table, tables
from project.moving.target import ALIAS, as_default, open_target, prepare
from project.server.errors import StartError

SOURCE = "default"

Say = Callable[[str], None]


def move(url: str, say: Say) -> None:
    """Copy the whole record into another database, whose address `url` is. Nobody may write to the source meanwhile.

    Raises StartError; what was copied by then stays, and the next move to the same target goes on from there.
    """
    target = open_target(url)
    try:
        progress = prepare(target)
        for table in tables():
            _copy(table, progress, say)
        _settle(target)
        _compare_all(say)
        with as_default(target):
            for position, end in rebuild():
                say(f"Search index: {position * 100 // end} %")
        progress.end()
    except DatabaseError as error:
        raise StartError(f"the move stopped, and goes on when it is started again: {error}") from error
    finally:
        target.close()


def _copy(table: Table, progress: Progress, say: Say) -> None:
    if progress.of(table._meta.db_table) == Reached() and table._base_manager.using(ALIAS).exists():
        raise StartError(f"somebody else wrote to the target ({table._meta.db_table}) meanwhile: empty it and move again")
    copied = sum(copy_table(table, SOURCE, ALIAS, progress))
    if copied:
        say(f"{table._meta.db_table}: {copied} rows copied")


def _settle(target: BaseDatabaseWrapper) -> None:
    """New rows get numbers above the copied ones; the planner knows the new sizes."""
    target.check_constraints()
    with target.cursor() as cursor:
        for statement in target.ops.sequence_reset_sql(no_style(), tables()):
            cursor.execute(statement)
        cursor.execute("ANALYZE")


def _compare_all(say: Say) -> None:
    different = [table._meta.db_table for table in tables() if not _is_same(table, say)]
    if different:
        raise StartError(
            f"these tables differ, so somebody wrote meanwhile: {', '.join(different)}. Empty the target and move again"
        )


def _is_same(table: Table, say: Say) -> bool:
    here, there = summarise(table, SOURCE), summarise(table, ALIAS)
    say(f"{table._meta.db_table}: {here}" + ("" if here == there else f", but in the target {there}"))
    return here == there
