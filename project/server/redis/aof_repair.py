"""Redis's append-only log after a power cut: a transaction that is there in part goes before Redis reads it."""

import logging
import re
import subprocess
import time
from pathlib import Path
from typing import BinaryIO

from project.server.redis.data_format import MANIFEST
from project.server.redis.executable import RedisExecutable

log = logging.getLogger(__name__)

# Redis 6 kept one file; later servers keep a folder of files that a manifest names.
SINGLE_FILE = "appendonly.aof"
# Of a command's words, or of a word's bytes: Redis takes no more than half a gigabyte.
COUNT_DIGITS = 10


def mend_log(folder: Path, executable: RedisExecutable) -> None:
    """Cut off a torn end of the folder's log, if there is one, and keep what is cut beside it.

    Redis itself cuts inside the transaction and leaves its beginning: the start after the next one then takes what was written
    since for its rest, and numbers and messages part (Redis 7.0.15: after 27 of 40 random cuts; after none when mended).
    Damage elsewhere is for Redis to judge: it refuses to start, and says why.
    """
    for path in (_last_part(folder), folder / SINGLE_FILE):
        if path and path.exists():
            _mend(path, executable)


def _last_part(folder: Path) -> Path | None:
    """Return the file that the server last wrote to: no other one can have a torn end."""
    # It is checked by itself: of the whole, the checker of Valkey 9.1 says only that it does not know Valkey's own snapshot.
    try:
        manifest = (folder / MANIFEST).read_text(errors="replace")
    except OSError:
        return None
    names = re.findall(r"^file (\S+) seq \d+ type i$", manifest, re.MULTILINE)
    return folder / "appendonlydir" / names[-1] if names else None


def _mend(path: Path, executable: RedisExecutable) -> None:
    # A server is redis-check-aof when it is called so, Valkey's too: that program may not be installed, and the wheel has none.
    checked = subprocess.run(
        ["redis-check-aof", str(path)], executable=executable.path, stdin=subprocess.DEVNULL, capture_output=True, check=False
    ).stdout.decode(errors="replace")
    found = re.search(r"AOF analyzed: .*ok_up_to=(?P<good>\d+),.*\n.*not valid", checked)
    if found and _breaks_off(path, int(found["good"])):
        _cut(path, int(found["good"]))


def _breaks_off(path: Path, good: int) -> bool:
    """Whether what follows the good part is a transaction or a command without its end; False where it is damaged.

    What the checker says of it is no help: of a line that breaks off it says that the line is wrong, or nothing at all.
    """
    with path.open("rb") as file:
        file.seek(good)
        try:
            inside = _next_command(file) == b"MULTI"
            while inside:
                inside = _next_command(file) not in (b"MULTI", b"EXEC")
        except EOFError:
            return True
        except ValueError:
            return False
    return False


def _next_command(file: BinaryIO) -> bytes:
    """Return a command's name; raises EOFError where the file ends within it, ValueError where it is none."""
    name, *_ = [_next_word(file) for _ in range(_next_count(file, b"*"))]
    return name.upper()


def _next_word(file: BinaryIO) -> bytes:
    size = _next_count(file, b"$") + len(b"\r\n")
    word = file.read(size)
    if len(word) < size:
        raise EOFError
    if not word.endswith(b"\r\n"):
        raise ValueError(word[-20:])
    return word[:-2]


def _next_count(file: BinaryIO, kind: bytes) -> int:
    line = file.readline(COUNT_DIGITS + len(b"*\r\n"))
    if re.fullmatch(rb"%b\d{1,%d}\r\n" % (re.escape(kind), COUNT_DIGITS), line):
        return int(line[1:])
    if re.fullmatch(rb"(%b\d{0,%d}\r?)?" % (re.escape(kind), COUNT_DIGITS), line):
        raise EOFError
    raise ValueError(line)


def _cut(path: Path, good: int) -> None:
    with path.open("r+b") as file:
        file.seek(good)
        kept = path.with_name(f"torn-{time.time_ns()}")
        kept.write_bytes(file.read())
        file.truncate(good)
    log.warning("Redis's log had a torn end; it was cut off and is kept in %s", kept)
