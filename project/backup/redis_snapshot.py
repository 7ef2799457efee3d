"""All that our own Redis holds at one moment, as it sends it to a replica: whole and checksummed, while it goes on serving."""

import socket
import subprocess
from pathlib import Path
from typing import BinaryIO

from project.backup.errors import BackupError
from project.backup.progress import Progress
from project.server.errors import StartError
from project.server.redis.data_format import data_format
from project.server.redis.executable import find_redis_server

# Redis first writes it to its own folder, and sends an empty line now and then meanwhile.
PATIENCE_SECONDS = 60.0
BLOCK = 1024 * 1024


def save(redis: Path, to: Path, progress: Progress) -> None:
    """Save the state of the Redis at this unix socket. Raises BackupError."""
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(PATIENCE_SECONDS)
            connection.connect(str(redis))
            with connection.makefile("rb") as answers, to.open("wb") as file:
                # Since Redis 7: no stream of what is written from now on. An older one refuses this, and sends it for nothing.
                connection.sendall(b"REPLCONF rdb-only 1\r\n")
                answers.readline()
                connection.sendall(b"SYNC\r\n")
                _receive(answers, file, progress)
    except OSError as error:
        raise BackupError(f"Redis did not send its state: {error}") from error


def fault_here(folder: Path, path: Path) -> str:
    """Return why no Redis of this machine can read a saved state, which lies in its folder as it will, or nothing."""
    try:
        server = find_redis_server(folder).path
    except StartError:
        return f"{data_format(folder)} wrote it"
    # redis-server and valkey-server are redis-check-rdb when they are called so.
    done = subprocess.run(
        ["redis-check-rdb", str(path)], executable=server, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode == 0:
        return ""
    faults = [line for line in done.stdout.splitlines() if line.startswith("[offset")]
    return faults[-1].partition("] ")[2] if faults else "it cannot be read"


def _receive(answers: BinaryIO, file: BinaryIO, progress: Progress) -> None:
    head = answers.readline()
    while head == b"\n":
        head = answers.readline()
    if not head.startswith(b"$"):
        raise OSError(head.decode(errors="replace").strip() or "it closed the connection")
    left = int(head[1:])
    progress.step("Saving the live state", left)
    while left:
        block = answers.read(min(left, BLOCK))
        if not block:
            raise OSError("it closed the connection")
        file.write(block)
        left -= len(block)
        progress.add(len(block))
