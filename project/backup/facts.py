"""What is in a record, counted by the same statements in SQLite and in PostgreSQL."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from project.backup.errors import BackupError
from project.backup.manifest import Facts

NEEDED = {"django_migrations", "chat_archivestate", "chat_message", "accounts_user"}


def read_facts(tables: Collection[str], ask: Callable[[str], Sequence[tuple[Any, ...]]]) -> Facts:
    """Return the facts, from the answers to SQL. Raises BackupError where there are no tables of ours."""
    if not NEEDED.issubset(tables):
        raise BackupError("there is no installation in the database yet")
    highest = dict(ask("SELECT room_id, MAX(seq) FROM chat_message GROUP BY room_id"))
    archived = dict(ask("SELECT room_id, seq FROM chat_archivestate"))
    return Facts(
        schema=dict(ask("SELECT app, MAX(name) FROM django_migrations GROUP BY app")),
        users=ask("SELECT COUNT(*) FROM accounts_user")[0][0],
        messages=ask("SELECT COUNT(*) FROM chat_message")[0][0],
        rooms={room: (highest.get(room, 0), archived.get(room, 0)) for room in sorted({*highest, *archived})},
    )
