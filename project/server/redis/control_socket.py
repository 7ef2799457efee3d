"""The few words that must be said to a Redis before a client library can: is it there, is it ready, stop."""

import os
import signal
import socket
import struct
import time
from pathlib import Path

from project.server.errors import StartError

ANSWER_SECONDS = 2.0
SHUTDOWN_SECONDS = 30.0


def is_ready(path: Path) -> bool:
    """Return whether the Redis on this unix socket answers PING. One that is still loading answers an error."""
    try:
        with _connect(path) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(64).startswith(b"+PONG")
    except OSError:
        return False


def end_orphan(path: Path) -> bool:
    """Stop the Redis that a killed server left behind on this socket; return whether there was one.

    It is waited for until it is gone, since two must never write the same append-only file.
    """
    try:
        connection = _connect(path)
    except OSError:
        return False
    with connection:
        process = _owner(connection)
        if not _shut_down(connection):
            _kill(process, path)
    _await_exit(process)
    return True


def _connect(path: Path) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(ANSWER_SECONDS)
    try:
        connection.connect(str(path))
    except OSError:
        connection.close()
        raise
    return connection


def _owner(connection: socket.socket) -> int | None:
    if not hasattr(socket, "SO_PEERCRED"):
        return None
    credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    process: int = struct.unpack("3i", credentials)[0]
    return process


def _shut_down(connection: socket.socket) -> bool:
    connection.settimeout(SHUTDOWN_SECONDS)
    try:
        connection.sendall(b"SHUTDOWN NOSAVE\r\n")
        while connection.recv(4096):
            pass  # an error reply, for instance while it is loading; the end of the stream is what counts
    except TimeoutError:
        return False
    except OSError:
        pass  # reset instead of closed: gone all the same
    return True


def _kill(process: int | None, path: Path) -> None:
    # Nothing acknowledged is lost by this: with appendfsync always it is on disk already.
    if process is None:
        raise StartError(f"a Redis on {path} does not stop; stop it by hand")
    os.kill(process, signal.SIGKILL)


def _await_exit(process: int | None) -> None:
    deadline = time.monotonic() + SHUTDOWN_SECONDS
    while process and _is_running(process) and time.monotonic() < deadline:
        time.sleep(0.02)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not _is_zombie(process)


def _is_zombie(process: int) -> bool:
    # A container whose first process collects no children keeps the dead in the table for ever.
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return False
