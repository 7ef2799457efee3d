"""`manage.py migrate`: Django's own, one process at a time."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from project.server.migration_lock import migration_lock


class Command(migrate.Command):
    """Waits for a server that is migrating the same database."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate while the lock is held."""
        with migration_lock(connections[options["database"]]):
            super().handle(*args, **options)
