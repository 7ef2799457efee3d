"""`manage.py verify FROM`: whether a backup is whole and could be restored here."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from project.backup.command import giving_way
from project.backup.progress import Progress
from project.backup.verifying import verify


class Command(BaseCommand):
    """Unpacks it beside DATA_DIR's files, lets SQLite check it, and removes it again."""

    help = "Check a backup: its checksums, its database, and whether this version can restore it."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", type=Path, metavar="FROM", help="a file that `manage.py backup` made")

    def handle(self, *args: Any, **options: Any) -> None:
        progress = Progress()
        with giving_way():
            manifest, fault = verify(options["source"], progress)
        progress.finish(f"The backup of {manifest.day} is whole: {manifest.summary}.")
        if fault:
            progress.finish(f"This machine's Redis cannot read its live state ({fault}); rooms are rebuilt from the archive.")
