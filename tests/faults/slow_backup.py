"""Run in a server's environment: `manage.py backup` to a target that takes so many bytes a second.

Prints when it began, in seconds since 1970, and for how many seconds the target was waited for.
"""

import os
import sys
import time
from pathlib import Path
from typing import BinaryIO


class SlowFile:
    """What a network drive is like: every block is written, and takes its time."""

    seconds = 0.0

    def __init__(self, file: BinaryIO, rate: float) -> None:
        self._file, self._rate = file, rate

    def __enter__(self) -> "SlowFile":
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def write(self, block: bytes) -> int:
        written = self._file.write(block)
        time.sleep(written / self._rate)
        SlowFile.seconds += written / self._rate
        return written

    def flush(self) -> None:
        self._file.flush()

    def fileno(self) -> int:
        return self._file.fileno()


def main() -> None:
    """Make a backup; arguments: the file, and bytes a second."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "project.settings"
    import django

    django.setup()
    from project.backup import creating, fence, target
    from project.backup.progress import Progress

    to, rate = Path(sys.argv[1]), float(sys.argv[2])
    take = fence.take

    def noting_when() -> fence.Heads:
        print("began", time.time())
        return take()

    fence.take = noting_when
    creating.create(to, Progress(sys.stderr), lambda path: SlowFile(target.open_new(path), rate))  # type: ignore[arg-type, return-value]
    print("target", SlowFile.seconds)


if __name__ == "__main__":
    main()
