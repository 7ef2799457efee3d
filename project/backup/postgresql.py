"""A PostgreSQL record in a backup, by PostgreSQL's own pg_dump and pg_restore."""

import os
import shutil
import subprocess
from pathlib import Path

from django.db import connection, transaction

from project.backup.errors import BackupError
from project.backup.facts import read_facts
from project.backup.manifest import Facts
from project.backup.progress import Progress

INSTALL = "install PostgreSQL's client programs (Debian: apt-get install postgresql-client)"
# By what psycopg is told where the database is, and what libpq's programs read from the environment.
VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
}


def dump(to: Path, progress: Progress) -> Facts:
    """Save the database as it is at one moment; return what is in it then. Raises BackupError."""
    program = _program("pg_dump")
    progress.step("Copying the database")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        [snapshot] = cursor.fetchone()

        def ask(query: str) -> list[tuple[object, ...]]:
            cursor.execute(query)
            return list(cursor.fetchall())

        facts = read_facts(connection.introspection.table_names(cursor), ask)
        # Not compressed twice: the whole backup is.
        _run(program, "--format=custom", "--compress=0", f"--snapshot={snapshot}", f"--file={to}")
    return facts


def check_dump(path: Path) -> None:
    """Raises BackupError if pg_restore cannot read it."""
    _run(_program("pg_restore"), "--list", str(path))


def load(path: Path, progress: Progress) -> None:
    """Bring it all into an empty database, or nothing of it. Raises BackupError."""
    program = _program("pg_restore")
    progress.step("Restoring the database")
    _run(program, "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", "--dbname=", str(path))


def refuse_filled_database() -> None:
    """Raises BackupError if there are tables."""
    if connection.introspection.table_names():
        raise BackupError("the database at DATABASE_URL has tables already: create an empty one, and let DATABASE_URL name it")


def _program(name: str) -> str:
    found = shutil.which(name)
    if not found:
        raise BackupError(
            f"{name} is not on the PATH: {INSTALL}, or back up PostgreSQL and the file secret_key by your own means"
        )
    return found


def _run(*command: str) -> None:
    """By the environment: others can read a command's arguments, and a password would be among them."""
    facts = connection.get_connection_params()
    given = {variable: str(facts[name]) for name, variable in VARIABLES.items() if facts.get(name)}
    done = subprocess.run(
        command, env=os.environ | given, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        words = done.stderr.strip().splitlines() or [f"{Path(command[0]).name} ended with code {done.returncode}"]
        raise BackupError(words[0])
