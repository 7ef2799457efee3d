"""Making a backup: everything is copied to DATA_DIR at one moment first, so that a slow target does not matter."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError, connection

from chat.domain.errors import ChatError
from project.backup import archive_file, fence, redis_snapshot, target
from project.backup.errors import BackupError
from project.backup.layout import LIVE_STATE, LOG_MANIFEST, LOG_MANIFEST_TEXT, POSTGRESQL, SECRET_KEY, SQLITE
from project.backup.manifest import FORMAT, Facts, Manifest
from project.backup.postgresql import dump
from project.backup.progress import Progress
from project.backup.sqlite_copy import check_sqlite_copy, copy_sqlite
from project.backup.staging import Staging
from project.backup.stores import redis_running, redis_socket, sqlite_path
from project.moving.unfinished import refuse_unfinished_move


class _Staged(NamedTuple):
    """What was copied, by its name in the backup, and the moment it is of."""

    began: datetime
    fence: fence.Heads
    unarchived: int
    files: dict[str, Path]
    facts: Facts


def create(to: Path, progress: Progress, opener: target.Opener = target.open_new) -> tuple[Path, Manifest]:
    """Make a backup and check it as it stands at the target; return its path. Raises StartError, and leaves nothing then."""
    path = target.path_for(to)
    _refuse_nothing()
    with Staging(settings.DATA_DIR) as folder, target.draft(path) as draft:
        try:
            staged = _stage(folder, progress)
        except ChatError as error:
            raise BackupError("Redis does not answer; a backup without it could lack messages") from error
        except DatabaseError as error:
            raise BackupError(f"the database cannot be read: {error}") from error
        manifest = _describe(staged, progress)
        progress.step(f"Writing {path}", sum(part.size for part in manifest.parts.values()))
        with opener(draft) as file:
            archive_file.write(file, manifest, staged.files, progress)
            file.flush()
            os.fsync(file.fileno())
        if archive_file.check(draft, progress) != manifest:
            raise BackupError(f"{path} was written, but reads differently")
    return path, manifest


def _stage(folder: Path, progress: Progress) -> _Staged:
    """Copy the live state first, then the record: recovery joins them, since the archive only goes on from there."""
    refuse_unfinished_move(connection.introspection.table_names())
    began = datetime.now(UTC)
    files: dict[str, Path] = {}
    with redis_running() as archives:
        heads = fence.take()
        progress.step("Waiting for the archive")
        behind = fence.wait(heads) if archives else fence.unarchived(heads)
        if settings.EMBEDDED_REDIS:
            files |= {LIVE_STATE: folder / "live", LOG_MANIFEST: folder / "log-manifest"}
            redis_snapshot.save(redis_socket(), files[LIVE_STATE], progress)
            files[LOG_MANIFEST].write_text(LOG_MANIFEST_TEXT)
        elif behind:
            raise BackupError(f"the archive is {behind:,} messages behind Redis and does not catch up: is a server running?")
        name, copy, facts = _copy_record(folder, progress)
        files[name] = copy
    key = settings.DATA_DIR / SECRET_KEY
    if key.exists():
        files[SECRET_KEY] = key
    return _Staged(began, heads, behind, files, facts)


def _copy_record(folder: Path, progress: Progress) -> tuple[str, Path, Facts]:
    """Return the copy's name in the backup, the copy, and what is in it."""
    source = sqlite_path()
    if source is None:
        return POSTGRESQL, folder / "record", dump(folder / "record", progress)
    copy_sqlite(source, folder / "record", progress)
    return SQLITE, folder / "record", check_sqlite_copy(folder / "record", progress)


def _refuse_nothing() -> None:
    """Starting Redis where nothing is would make an installation to back up."""
    path = sqlite_path()
    if path is not None and not path.exists():
        raise BackupError(f"there is no installation in {settings.DATA_DIR}")


def _describe(staged: _Staged, progress: Progress) -> Manifest:
    sizes: Mapping[str, int] = {name: path.stat().st_size for name, path in staged.files.items()}
    progress.step("Computing checksums", sum(sizes.values()))
    return Manifest(
        format=FORMAT,
        made_at=staged.began.isoformat(timespec="seconds"),
        facts=staged.facts,
        fence={room_id: head.seq for room_id, head in staged.fence.items()},
        unarchived=staged.unarchived,
        parts={name: archive_file.describe(path, progress) for name, path in staged.files.items()},
    )
