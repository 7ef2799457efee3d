"""A program that lives and dies with this process."""

import ctypes
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import IO

STOP_SECONDS = 30.0
PR_SET_PDEATHSIG = 1  # prctl(2)

log = logging.getLogger(__name__)

Child = subprocess.Popen[bytes]


def start_child(command: list[str], output: IO[bytes]) -> Child:
    """Start it in a session of its own: Ctrl-C in the terminal must reach the server alone, which stops it last."""
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,
        preexec_fn=_dying_with_parent(),
    )


def end_child(child: Child) -> None:
    """Ask it to stop and return when it is gone."""
    child.terminate()
    try:
        child.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        log.error("Process %d did not stop in %d s; killing it", child.pid, STOP_SECONDS)
        child.kill()
        child.wait()


def _dying_with_parent() -> Callable[[], None] | None:
    """Return what the child does before it becomes the program: ask the kernel to end it when we die, even by kill -9."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl
    parent = os.getpid()

    def bind() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # we died before the kernel was asked
            os._exit(1)

    return bind
