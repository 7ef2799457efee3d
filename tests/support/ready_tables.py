"""The tables that a server makes at its first start, made once for a whole test run: they are most of the work of a start."""

import atexit
import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RECORD = "parley.sqlite3"


def give_tables(environment: Mapping[str, str]) -> None:
    """Put an empty record into a server's new folder; the first start of all is tested in tests.project.server."""
    record = Path(environment["DATA_DIR"]) / RECORD
    if "DATABASE_URL" not in environment and not record.exists():
        shutil.copy(empty_record(), record)
        record.chmod(0o600)  # as the server makes it: tests/security/test_m8_files.py


@cache
def empty_record() -> Path:
    """Return a record with all tables and nothing in them; of workers that test side by side, the first makes it for all."""
    folder = Path(tempfile.mkdtemp(prefix="parley-tables-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", folder.name)
    shared = Path(tempfile.gettempdir()) / f"parley-record-{run}.sqlite3"
    with shared.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if shared.exists():
            shutil.copy(shared, folder / RECORD)
        else:
            _make_tables(folder)
            shutil.copy(folder / RECORD, shared)
            # Who comes after that makes it once more: each keeps a copy of its own.
            for left in (shared, Path(lock.name)):
                atexit.register(left.unlink, missing_ok=True)
    return folder / RECORD


def _make_tables(folder: Path) -> None:
    known = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    environment = {**known, "DJANGO_SETTINGS_MODULE": "project.settings", "DATA_DIR": str(folder)}
    code = "import django; django.setup(); from project.server.migrate import migrate; migrate()"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=True)
