"""`manage.py move`: from SQLite to PostgreSQL, or back."""

from contextlib import ExitStack
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from chat.domain.errors import ChatError
from chat.live.live_state import live_state
from project.moving.moving import move
from project.server.errors import StartError
from project.server.instance_lock import InstanceLock
from project.server.migrate import migrate


class Command(BaseCommand):
    """Needs the server stopped: what it wrote meanwhile would be missing in the target."""

    help = "Copy the record into an empty database, compare both, and build the search index there."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", required=True, metavar="URL", help="postgres://user:password@host/name or sqlite:////path")

    def handle(self, *args: Any, **options: Any) -> None:
        with ExitStack() as running:
            if settings.EMBEDDED_REDIS:
                running.enter_context(InstanceLock(settings.DATA_DIR))
            else:
                _refuse_while_servers_run()
            migrate()
            move(options["to"], self.stdout.write)
        self.stdout.write("Everything is there. Set DATABASE_URL to the new address and start the server.")


def _refuse_while_servers_run() -> None:
    try:
        servers = live_state().activity.live_servers()
    except ChatError as error:
        raise StartError("the Redis at REDIS_URL does not answer, so it is not known whether a server runs") from error
    if servers:
        raise StartError(f"{servers} Parley servers run on this Redis; stop them first")
