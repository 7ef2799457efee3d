"""Gives the file system back what SQLite's file does not use any more; PostgreSQL's autovacuum does so by itself."""

from django.db import connection

from bounds.pause import let_others_go_on

# Below this SQLite keeps free pages for what is written next: giving them back and asking for them again costs more.
MOST_FREE_SHARE = 0.05
# In one transaction, which other writers wait for: some milliseconds. A page has 4 kB.
PAGES = 250
SLICES_PER_TURN = 20


def give_back() -> bool:
    """Make the file smaller by up to 20 MB where much of it is free; return whether there is more to give back."""
    if connection.vendor != "sqlite":
        return False
    for _ in range(SLICES_PER_TURN):
        free, pages = _pragma("freelist_count"), _pragma("page_count")
        if free <= max(PAGES, pages * MOST_FREE_SHARE):
            return False
        _pragma(f"incremental_vacuum({PAGES})")
        if _pragma("freelist_count") >= free:
            return False  # made without auto_vacuum: a VACUUM, as in a migration, comes first
        let_others_go_on()
    return True


def _pragma(name: str) -> int:
    """Run a pragma. "long" is a word to our SQLite backend: it does these in a thread."""
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA /* long */ {name}")
        rows = cursor.fetchall()
    # SQLite 3.46 answers a pragma without a result by a row without columns.
    return int(rows[0][0]) if rows and rows[0] else 0
