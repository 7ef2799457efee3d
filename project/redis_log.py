"""Redis's append-only log after a power cut: a transaction that is there in part goes before Redis reads it."""

import logging
import re
import subprocess
import time
from pathlib import Path

from project.redis_executable import RedisExecutable

log = logging.getLogger(__name__)

# Redis 7 keeps a folder of files that a manifest names; 6 keeps one file.
LOGS = ("appendonlydir/appendonly.aof.manifest", "appendonly.aof")
# Where the checker stumbles over an end that is missing, it stands at the end, or a line break before it.
AT_THE_END_BYTES = 4


def mend_log(folder: Path, executable: RedisExecutable) -> None:
    """Cut off a torn end of the folder's log, if there is one, and keep what is cut beside it.

    Redis itself cuts inside the transaction and leaves its beginning: the start after the next one then takes what was written
    since for its rest, and numbers and messages part (Redis 7.0.15: after 27 of 40 random cuts; after none when mended).
    Damage elsewhere is for Redis to judge: it refuses to start, and says why.
    """
    for name in LOGS:
        if (folder / name).exists():
            _mend(folder / name, executable)


def _mend(path: Path, executable: RedisExecutable) -> None:
    # redis-server is redis-check-aof when it is called so: that program may not be installed, and the wheel has none.
    checked = subprocess.run(
        ["redis-check-aof", str(path)], executable=executable.path, stdin=subprocess.DEVNULL, capture_output=True, check=False
    ).stdout.decode(errors="replace")
    found = re.search(
        r"AOF analyzed: (?:filename=(?P<name>\S+), )?size=(?P<size>\d+), ok_up_to=(?P<good>\d+),.*\n.*not valid", checked
    )
    if found and _is_torn(checked, int(found["size"])):
        _cut(path.parent / (found["name"] or path.name), int(found["good"]))


def _is_torn(checked: str, size: int) -> bool:
    stumbled = re.search(r"^0x\s*([0-9a-f]+): (.*)$", checked, re.MULTILINE)
    if stumbled is None:
        return False
    says_so = stumbled[2].startswith(("Reached EOF", "Expected to read"))
    return says_so or int(stumbled[1], 16) >= size - AT_THE_END_BYTES


def _cut(path: Path, good: int) -> None:
    with path.open("r+b") as file:
        file.seek(good)
        kept = path.with_name(f"torn-{time.time_ns()}")
        kept.write_bytes(file.read())
        file.truncate(good)
    log.warning("Redis's log had a torn end; it was cut off and is kept in %s", kept)
