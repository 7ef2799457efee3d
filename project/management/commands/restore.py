"""`manage.py restore FROM`: an installation as it was when the backup began."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from project.backup.command import giving_way
from project.backup.layout import SECRET_KEY
from project.backup.progress import Progress
from project.backup.restoring import restore


class Command(BaseCommand):
    """Into an empty DATA_DIR; with --replace what is there is kept in a folder of its own."""

    help = "Restore a backup into DATA_DIR while no server runs on it."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", type=Path, metavar="FROM", help="a file that `manage.py backup` made")
        parser.add_argument("--replace", action="store_true", help="move what is in DATA_DIR to a folder replaced-... in it")

    def handle(self, *args: Any, **options: Any) -> None:
        progress = Progress()
        with giving_way():
            manifest, fault = restore(options["source"], options["replace"], progress)
        progress.finish(f"Restored the backup of {manifest.day}: {manifest.summary}. Start the server as usual.")
        if fault:
            progress.finish(f"This machine's Redis cannot read its live state ({fault}); rooms are rebuilt from the archive.")
        if SECRET_KEY not in manifest.parts:
            progress.finish(
                f"It has no secret_key: set SECRET_KEY as it was, or sessions end. DATA_DIR is {settings.DATA_DIR}."
            )
