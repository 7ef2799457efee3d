"""One server at a time in one data folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from project.server.errors import StartError
from project.server.instance_lock import InstanceLock

HOLDER = """
import sys, time
from pathlib import Path
from project.server.instance_lock import InstanceLock
lock = InstanceLock(Path(sys.argv[1]))
lock.acquire()
print("held", flush=True)
time.sleep(60)
"""


def test_a_second_server_is_told_who_has_the_folder(data_dir: Path) -> None:
    with InstanceLock(data_dir), pytest.raises(StartError, match=rf"\(process {os.getpid()}\) uses {data_dir}"):
        InstanceLock(data_dir).acquire()


def test_it_is_free_again_after_release(data_dir: Path) -> None:
    for _ in range(2):
        with InstanceLock(data_dir):
            pass


def test_a_killed_server_lets_go(data_dir: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(data_dir)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        holder.stdout.readline()
        with pytest.raises(StartError):
            InstanceLock(data_dir).acquire()
        holder.kill()
    with InstanceLock(data_dir):
        pass
