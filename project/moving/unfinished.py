"""A database that `manage.py move` has not filled yet: whoever writes to it makes it impossible to continue the move."""

from collections.abc import Collection

from project.server.errors import StartError

# In the target, from the beginning of a move to its end.
TABLE = "parley_move"


def refuse_unfinished_move(tables: Collection[str]) -> None:
    """Raise StartError if these are the tables of a database that a move has begun to fill and has not finished."""
    if TABLE in tables:
        raise StartError(
            "this database is the target of a move that was not finished: run the same manage.py move again,"
            " with the DATABASE_URL from which it copies"
        )
