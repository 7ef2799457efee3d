"""A folder in DATA_DIR for what a command makes before it is complete; nothing of it stays, however the command ends."""

import fcntl
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO

from project.backup.errors import BackupError

PREFIX = "staging-"
LOCK = "lock"


class Staging:
    """Makes the folder, readable by its owner alone. One that a killed command left behind is removed by the next."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._lock: IO[str] | None = None

    def __enter__(self) -> Path:
        try:
            self._remove_abandoned()
            self._folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=self._data_dir))
            self._lock = (self._folder / LOCK).open("w")
        except OSError as error:
            raise BackupError(f"no folder can be made in {self._data_dir}: {error.strerror}") from error
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        return self._folder

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        if self._lock:
            self._lock.close()

    def _remove_abandoned(self) -> None:
        for lock in self._data_dir.glob(f"{PREFIX}*/{LOCK}"):
            with suppress(OSError), lock.open("w") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(lock.parent)
