"""`make fuzz` starts, and throws something of everything."""

import re
import shlex
import subprocess
import sys

from tests.support.live_server import ROOT


def test_what_make_fuzz_runs_for_a_second() -> None:
    program, *arguments = shlex.split(
        _told_by("make", "--no-print-directory", "--dry-run", "fuzz", "MINUTES=0.02", "SEED=5").splitlines()[-1]
    )
    assert program.endswith("/python")
    seed, *progress = _told_by(sys.executable, *arguments).splitlines()
    assert seed == "Seed 5"
    tried = {name: count for count, name in re.findall(r"([\d,]+) (\w+)[,;]", progress[-1])}
    assert set(tried) == {"frames", "packets", "connections"}
    assert "0" not in tried.values()


def _told_by(*command: str) -> str:
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout
