"""`manage.py rebuild_search`: rebuild the search index of all archived messages."""

from typing import Any

from django.core.management.base import BaseCommand

from chat.archive.search.rebuilding import rebuild


class Command(BaseCommand):
    """Needs the database alone, so it can run beside a server; when stopped, the next one goes on."""

    help = "Rebuild the search index from the archived messages. Can be stopped and started again."

    def handle(self, *args: Any, **options: Any) -> None:
        shown = -1
        for position, end in rebuild():
            percent = position * 100 // end
            if percent != shown:
                self.stdout.write(f"{percent} %", ending="\r" if self.stdout.isatty() else "\n")
                shown = percent
        self.stdout.write("The search index is complete.")
