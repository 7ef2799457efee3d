"""Backups that the running server makes by itself, in BACKUP_DIR: each in a process of its own, so that the loop goes on."""

import logging
import re
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex

from django.conf import settings

from chat.live.statistics.backups import BackupStore, LastBackup
from project.backup.target import DRAFT_SUFFIX, SUFFIX
from project.server.redis.child_process import Child, end_child, start_child

KEPT = 7
# After a failure: soon enough for a network drive that comes back, seldom enough for a log that people read.
RETRY_SECONDS = 3_600.0
LOOK_SECONDS = 1.0
LINE_CHARS = 300
# What a killed backup has left; one that is being written was changed a moment ago.
ABANDONED_SECONDS = 86_400.0
# Times within it are the same: everybody's clock says them to the millisecond only.
SLACK_SECONDS = 1.0
NAME = re.compile(rf"parley-(\d{{8}}-\d{{6}}){re.escape(SUFFIX)}")

log = logging.getLogger(__name__)


class BackupSchedule:
    """One a process; of several, the one that holds the lease makes the backup."""

    def __init__(self, store: BackupStore, folder: Path, every: float, now: Callable[[], float] = time.time) -> None:
        self._store, self._folder, self._every, self._now = store, folder, every, now
        self._token = token_hex(8)

    def turn(self) -> None:
        """Make a backup if it is time for one, and remove what is older than the newest seven."""
        if not self._is_time() or not self._store.hold_lease(self._token):
            return
        try:
            if self._is_time():  # no other process made one meanwhile
                self._make()
        except OSError as error:
            self._fail(str(error))
        finally:
            self._store.release_lease(self._token)

    def _is_time(self) -> bool:
        """Return whether it is time, and let everybody know when it will be."""
        last, newest = self._store.last(), self._newest()
        if newest and last.made_at is None:  # Redis is new, the folder is not
            self._store.note_made(newest[1], newest[0].stat().st_size)
        due_at = self._due_at(last, newest[1] if newest else None)
        if last.due_at is None or abs(last.due_at - due_at) > SLACK_SECONDS:
            self._store.note_due(due_at)
        return self._now() >= due_at

    def _due_at(self, last: LastBackup, newest: float | None) -> float:
        now = self._now()
        due_at = newest + self._every if newest is not None else min(now, last.due_at or now)
        if last.failed_at is not None and last.failed_at <= now:
            due_at = max(due_at, last.failed_at + min(RETRY_SECONDS, self._every))
        return due_at

    def _newest(self) -> tuple[Path, float] | None:
        """Return the newest backup in the folder and when it began; one of the future tells of a clock that was wrong."""
        past = [one for one in _made_at(self._folder).items() if one[1] <= self._now()]
        return max(past, key=lambda one: one[1], default=None)

    def _make(self) -> None:
        began = time.monotonic()
        with tempfile.TemporaryFile() as output:
            child = start_child([sys.executable, str(settings.BASE_DIR / "manage.py"), "backup", f"{self._folder}/"], output)
            code = self._await(child)
            output.seek(0)
            lines = output.read().decode(errors="replace").strip().splitlines()
        line = (lines[-1] if lines else f"it ended with code {code}")[:LINE_CHARS]
        if code == 0:
            self._store.note_success()
            log.info("%s (%.0f s)", line, time.monotonic() - began)
            self._remove_old()
        else:
            self._fail(line.removeprefix("parley: "))

    def _fail(self, error: str) -> None:
        self._store.note_failure(self._now(), error)
        log.error("The backup to BACKUP_DIR failed: %s", error)

    def _await(self, child: Child) -> int:
        try:
            while (code := child.poll()) is None:
                time.sleep(LOOK_SECONDS)
                self._store.hold_lease(self._token)
            return code
        except BaseException:
            end_child(child)
            raise

    def _remove_old(self) -> None:
        made, now = _made_at(self._folder), self._now()
        for draft in self._folder.glob(f".parley-*{SUFFIX}.*{DRAFT_SUFFIX}"):
            with suppress(FileNotFoundError):
                if now - draft.stat().st_mtime > ABANDONED_SECONDS:
                    draft.unlink()
        for path in sorted(made, key=lambda path: (made[path] <= now, made[path]))[:-KEPT]:
            path.unlink(missing_ok=True)


def _made_at(folder: Path) -> dict[Path, float]:
    """Return the backups in the folder, and when each began by its name: copying a file to another drive changes its date."""
    found = [(path, NAME.fullmatch(path.name)) for path in folder.glob(f"parley-*{SUFFIX}")]
    return {path: datetime.strptime(name[1], "%Y%m%d-%H%M%S").replace(tzinfo=UTC).timestamp() for path, name in found if name}
