"""Brings the database's tables up to date at the start."""

from pathlib import Path

from django.core.management import call_command
from django.core.management.commands.migrate import Command as Migrate
from django.db import connection
from django.db.migrations.exceptions import MigrationSchemaMissing
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.utils import OperationalError

from chat.moderators_group import update_moderators_group
from project.moving.unfinished import refuse_unfinished_move
from project.server.errors import StartError
from project.server.migration_lock import migration_lock


def migrate() -> None:
    """Apply what is missing; asking first makes a start without news ten times quicker. Raises StartError."""
    try:
        with migration_lock(connection):
            refuse_unfinished_move(connection.introspection.table_names())
            executor = MigrationExecutor(connection)
            refuse_newer(executor.loader)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                # Django's own command: ours would wait for the lock that is held here.
                call_command(Migrate(), verbosity=0, interactive=False)
            else:
                # A new admin screen of a table that is there already comes without a migration.
                update_moderators_group()
    except (OperationalError, MigrationSchemaMissing) as error:
        raise StartError(f"the database cannot be brought up to date: {error}") from error
    finally:
        connection.close()


def refuse_newer_file(database: Path) -> None:
    """Refuse a SQLite database as below, before anything else is started in its folder."""
    if database.exists():
        try:
            refuse_newer(MigrationLoader(connection))
        finally:
            connection.close()


def refuse_newer(loader: MigrationLoader) -> None:
    """Raise StartError if a newer version has changed the tables: this one would fail on them, one page after the other."""
    applied = {name for name in loader.applied_migrations if name[0] in loader.migrated_apps}
    unknown = sorted(applied - loader.disk_migrations.keys())
    if unknown:
        raise StartError(
            f"a newer version has used this database (migration {'.'.join(unknown[-1])} is unknown here): "
            "start that version or a later one, or restore a backup from before"
        )
