"""Whether what was unpacked from a backup is whole, and holds every message that its manifest promises."""

from pathlib import Path

from project.backup import archive_file
from project.backup.errors import BackupError
from project.backup.layout import LIVE_STATE, POSTGRESQL, REDIS, SQLITE
from project.backup.manifest import Manifest
from project.backup.postgresql import check_dump
from project.backup.progress import Progress
from project.backup.redis_snapshot import fault_here
from project.backup.sqlite_copy import check_sqlite_copy


def unpack(path: Path, folder: Path, progress: Progress) -> Manifest:
    """Unpack a backup into a folder and check all of it. Raises BackupError."""
    manifest = archive_file.check(path, progress, folder)
    if SQLITE in manifest.parts:
        if check_sqlite_copy(folder / SQLITE, progress) != manifest.facts:
            raise BackupError(f"{path} is damaged: its database holds something else than was written down")
    elif POSTGRESQL in manifest.parts:
        check_dump(folder / POSTGRESQL)
    else:
        raise BackupError(f"{path} is damaged: there is no database in it")
    _check_fence(path, manifest)
    return manifest


def live_state_fault(manifest: Manifest, folder: Path) -> str:
    """Return why the live state cannot be used on this machine, or nothing. Raises BackupError if messages are in it alone."""
    fault = fault_here(folder / REDIS, folder / LIVE_STATE) if LIVE_STATE in manifest.parts else ""
    if fault and manifest.unarchived:
        raise BackupError(
            f"{manifest.unarchived:,} messages of this backup are in its live state alone, and the Redis of this machine"
            f" cannot read that ({fault}): install the version that made it, or a newer one"
        )
    return fault


def _check_fence(path: Path, manifest: Manifest) -> None:
    """Without the live state every message below the fence has to be in the archive."""
    if manifest.unarchived and LIVE_STATE in manifest.parts:
        return
    for room_id, head in manifest.fence.items():
        _, archived = manifest.facts.rooms.get(room_id, (0, 0))
        if archived < head:
            raise BackupError(f"{path} is incomplete: of room {room_id} it has {archived:,} messages of {head:,}")
