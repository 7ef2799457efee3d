"""What the three commands share: they give way to the server, and clean up when they are stopped."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from project.backup.errors import BackupError

# The server's processes go first: a backup may take longer, a message may not.
NICENESS = 10


@contextmanager
def giving_way() -> Iterator[None]:
    """Run with low priority; SIGTERM and Ctrl-C end the work as an error does, so that nothing is left behind."""
    os.nice(NICENESS)
    os.umask(0o077)  # every file and folder is for its owner alone
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    except KeyboardInterrupt as error:
        raise BackupError("stopped; nothing was changed or left behind") from error


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
