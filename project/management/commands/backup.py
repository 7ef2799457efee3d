"""`manage.py backup TO`: one file that holds the whole installation, made while the server runs or while it does not."""

from argparse import ArgumentParser
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from chat.domain.errors import ChatError
from chat.live.live_state import live_state
from project.backup.command import giving_way
from project.backup.creating import create
from project.backup.errors import BackupError
from project.backup.manifest import Manifest
from project.backup.progress import Progress


class Command(BaseCommand):
    """Says that it succeeded only after the finished file was read back and compared."""

    help = "Back up the whole installation into one file, also while the server runs."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("to", metavar="TO", help="a new file, or a folder: the file is then named by the time")

    def handle(self, *args: Any, **options: Any) -> None:
        progress = Progress()
        with giving_way():
            path, manifest = create(_path(options["to"]), progress)
            _note(path, manifest)
        progress.finish(f"Backup of {manifest.summary}, checked: {path}")
        if manifest.unarchived:
            progress.finish(f"{manifest.unarchived:,} messages or changes of it are in the live state alone.")


def _note(path: Path, manifest: Manifest) -> None:
    """Let Pulse show it; without a server there is no Redis to tell."""
    with suppress(ChatError):
        live_state().backups.note_made(datetime.fromisoformat(manifest.made_at).timestamp(), path.stat().st_size)


def _path(text: str) -> Path:
    """A slash at the end says that a folder is meant: a drive that is not mounted must not become a file of its name."""
    if not text:  # as from a variable that is not set
        raise BackupError("TO is empty; name a new file or a folder")
    path = Path(text)
    if text.endswith("/") and not path.is_dir():
        raise BackupError(f"there is no folder {path}")
    return path
