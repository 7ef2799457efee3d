"""The two doors, tried as a person at a console does."""

import os
import subprocess
import sys
from pathlib import Path

from project.instance_lock import InstanceLock

ROOT = Path(__file__).parents[2]


def test_a_wrong_setting_stops_the_server_in_one_line(data_dir: Path) -> None:
    done = _run("serve.py", DATA_DIR=str(data_dir), PORT="many")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "parley: Settings: PORT: Not a valid integer.\n"


def test_a_second_server_is_stopped_in_one_line(data_dir: Path) -> None:
    with InstanceLock(data_dir):
        done = _run("serve.py", DATA_DIR=str(data_dir))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("parley: another Parley server (process ")
    assert done.stderr.count("\n") == 1


def test_a_redis_that_does_not_answer_stops_the_server_in_one_last_line(data_dir: Path) -> None:
    done = _run("serve.py", DATA_DIR=str(data_dir), REDIS_URL="redis://:secret@localhost:1")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == "parley: The Redis at REDIS_URL does not answer"
    assert "secret" not in done.stderr
    assert "Traceback" not in done.stderr


def test_the_demo_fills_an_empty_installation_once(data_dir: Path) -> None:
    first, second = (_run("manage.py", "fill_demo", DATA_DIR=str(data_dir)) for _ in range(2))
    assert first.returncode == 0, first.stderr
    assert "Log in as one of ada" in first.stdout
    assert second.returncode == 1
    assert second.stderr.endswith("CommandError: There are people here already.\n")


def _run(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=inherited | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
