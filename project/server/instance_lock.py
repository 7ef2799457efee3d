"""One server at a time in one data folder."""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from project.server.errors import StartError


class InstanceLock:
    """An exclusive lock on DATA_DIR/serve.lock. The kernel lets go of it when its owner dies, however it dies."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / "serve.lock"
        self._file: IO[str] | None = None

    def acquire(self) -> None:
        """Take the lock or say who has it."""
        try:
            file = self._path.open("a+")
        except OSError as error:
            raise StartError(f'DATA_DIR "{self._path.parent}" cannot be written to: {error.strerror}') from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StartError(self._taken(file)) from error
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        self._file = file

    def release(self) -> None:
        """Let go. The file stays: removing it could take away a lock that another server has just acquired."""
        if self._file:
            self._file.close()
            self._file = None

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.release()

    def _taken(self, file: IO[str]) -> str:
        with file:
            file.seek(0)
            process = file.read().strip()
        owner = f" (process {process})" if process else ""
        return f"another Parley server{owner} uses {self._path.parent}; stop it or choose another DATA_DIR"
