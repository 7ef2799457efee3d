"""How large the database is, and how much room the disk below it has left."""

import shutil
from pathlib import Path

from django.db import connection

_BYTES = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT pg_database_size(current_database())",
}


def database_bytes() -> int:
    """Return the size of the database, with its indexes and free pages."""
    with connection.cursor() as cursor:
        cursor.execute(_BYTES[connection.vendor])
        return int(cursor.fetchone()[0])


def free_bytes() -> int | None:
    """Return what an ordinary user can still write beside SQLite's file; None for PostgreSQL, whose disk we do not see."""
    if connection.vendor != "sqlite":
        return None
    return shutil.disk_usage(Path(connection.settings_dict["NAME"]).absolute().parent).free
