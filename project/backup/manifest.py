"""What a backup says of itself, first in the file: by what it was made, how far each room is, and every file's checksum."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
from django.db.migrations.loader import MigrationLoader

from project.backup.errors import BackupError

FORMAT = 1
NAME = "manifest.json"
MOST_BYTES = 64 * 1024 * 1024


class Part(msgspec.Struct, frozen=True):
    """A file of the backup; its checksum is SHA-256 in hexadecimal."""

    size: int
    sha256: str


class Facts(msgspec.Struct, frozen=True):
    """What is in the database: `rooms` by id, the highest number of an archived message and how far the archive is."""

    schema: dict[str, str]
    users: int
    messages: int
    rooms: dict[int, tuple[int, int]]


class Manifest(msgspec.Struct, frozen=True):
    """`fence`: each live room's newest message when the backup began; `unarchived`: how many of them only Redis had."""

    format: int
    made_at: str
    facts: Facts
    fence: dict[int, int]
    unarchived: int
    parts: dict[str, Part]

    @property
    def day(self) -> str:
        """When it was made, for a person to read."""
        return datetime.fromisoformat(self.made_at).astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")

    @property
    def summary(self) -> str:
        """What it holds, in a few words."""
        facts = self.facts
        return f"{facts.messages:,} messages in {len(facts.rooms):,} rooms, {facts.users:,} accounts"


def encode(manifest: Manifest) -> bytes:
    """Return it as JSON."""
    return msgspec.json.format(msgspec.json.encode(manifest), indent=1)


def decode(path: Path, data: bytes) -> Manifest:
    """Return what the file at the path says of itself. Raises BackupError."""
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
        _ = manifest.day
        return manifest
    except (msgspec.MsgspecError, ValueError) as error:
        raise BackupError(f"{path} is no backup of Parley, or a newer version made it") from error


def refuse_newer(manifest: Manifest) -> None:
    """Raises BackupError if the backup's tables are of a version that this code does not know."""
    known = MigrationLoader(None).disk_migrations
    newer = [f"{app}.{name}" for app, name in manifest.facts.schema.items() if (app, name) not in known]
    if manifest.format > FORMAT or newer:
        what = ", ".join(newer) or f"format {manifest.format}"
        raise BackupError(f"a newer Parley made this backup ({what} is unknown here): install that version first")
