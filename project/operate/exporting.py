"""Writing an export by command."""

from collections.abc import Iterable
from pathlib import Path

from django.core.management.base import CommandError

from chat.actions.person_data.files import ExportPart, write_zip
from chat.domain.errors import ChatError
from project.operate.live_access import live_redis


def export(path: Path, parts: Iterable[ExportPart]) -> None:
    """Write the parts, with what the archive does not have yet; CommandError says what went wrong."""
    try:
        with live_redis():
            write_zip(path, parts)
    except (ChatError, OSError) as error:
        raise CommandError(str(error)) from error
