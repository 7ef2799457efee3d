"""Bringing a backup back: checked first as a whole, then put in the place of what was there, which is kept aside."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from chat.live.redis.client import connect
from chat.live.statistics.health import HealthStore
from project.backup import archive_file, postgresql
from project.backup.content import live_state_fault, unpack
from project.backup.errors import BackupError
from project.backup.layout import POSTGRESQL, REDIS, SECRET_KEY, SQLITE
from project.backup.manifest import Manifest, refuse_newer
from project.backup.progress import Progress
from project.backup.staging import PREFIX, Staging
from project.backup.stores import no_server_running, redis_socket, sqlite_path
from project.server.redis.control_socket import end_orphan

# The settings make a key wherever they are read, and a lock file stays where a server ran.
NOT_OURS = {SECRET_KEY, "serve.lock", "lost+found"}


def restore(path: Path, replace: bool, progress: Progress) -> tuple[Manifest, str]:
    """Restore a backup; return what it holds, and why its live state was left out, if so. Raises StartError.

    Nothing is changed before all of the backup was unpacked and checked.
    """
    manifest = archive_file.read_manifest(path)
    refuse_newer(manifest)
    _refuse_other_database(manifest)
    # Before a store is asked anything: to connect to SQLite is to make its file.
    occupied = _refuse_occupied(replace)
    with no_server_running(), Staging(settings.DATA_DIR) as folder:
        _refuse_filled_stores()
        manifest = unpack(path, folder, progress)
        fault = live_state_fault(manifest, folder)
        if fault:
            shutil.rmtree(folder / REDIS)
        end_orphan(redis_socket())
        connection.close()
        _put_in_place(folder, occupied, progress)
    return manifest, fault


def _refuse_other_database(manifest: Manifest) -> None:
    is_sqlite = sqlite_path() is not None
    if is_sqlite != (SQLITE in manifest.parts):
        here, there = ("SQLite", "PostgreSQL") if is_sqlite else ("PostgreSQL", "SQLite")
        raise BackupError(f"this backup holds a {there} database, and DATABASE_URL names {here}: set it to {there} first")
    if not settings.EMBEDDED_REDIS and manifest.unarchived:
        raise BackupError("messages of this backup are in the state of its own Redis alone: restore it without REDIS_URL")


def _refuse_filled_stores() -> None:
    if not settings.EMBEDDED_REDIS and HealthStore(connect(settings.REDIS_URL)).holds_rooms():
        raise BackupError("the Redis at REDIS_URL holds rooms of this installation: empty it, or set another REDIS_PREFIX")
    if sqlite_path() is None:
        postgresql.refuse_filled_database()


def _refuse_occupied(replace: bool) -> bool:
    """Return whether there is anything to keep aside."""
    found = sorted(path.name for path in settings.DATA_DIR.iterdir() if path.name not in NOT_OURS)
    ours = [name for name in found if not name.startswith(PREFIX)]
    database = sqlite_path()
    if database and database.parent != settings.DATA_DIR and database.exists():
        ours.append(str(database))  # DATABASE_URL names a file elsewhere
    if ours and not replace:
        raise BackupError(
            f"{settings.DATA_DIR} is not empty ({ours[0]}): choose an empty DATA_DIR, or use --replace,"
            " which keeps aside what is there"
        )
    return bool(ours)


def _put_in_place(folder: Path, occupied: bool, progress: Progress) -> None:
    if (folder / POSTGRESQL).exists():
        postgresql.load(folder / POSTGRESQL, progress)
    places = _places((folder / SECRET_KEY).exists())
    _clear(places, occupied)
    for name, place in places.items():
        if (folder / name).exists():
            shutil.move(folder / name, place)
    _sync(settings.DATA_DIR)


def _places(with_key: bool) -> dict[str, Path]:
    """Where each thing belongs; the database first, since the rest can be recreated from it."""
    database = sqlite_path()
    places = {SQLITE: database} if database else {}
    if settings.EMBEDDED_REDIS:
        places[REDIS] = settings.DATA_DIR / REDIS
    return {**places, SECRET_KEY: settings.DATA_DIR / SECRET_KEY} if with_key else places


def _clear(places: dict[str, Path], keeps: bool) -> None:
    """Keep aside what was there; what this command and the settings have made a moment ago is no loss."""
    aside = settings.DATA_DIR / f"replaced-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    old = [*places.values(), *(place.with_name(f"{place.name}{end}") for place in places.values() for end in ("-wal", "-shm"))]
    old = [path for path in old if path.exists()]
    if keeps:
        aside.mkdir(mode=0o700)
    for path in old:
        if keeps:
            shutil.move(path, aside / path.name)
        else:
            path.unlink()


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
