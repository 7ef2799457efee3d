"""The unit of docs/operate/examples is one that systemd understands, and as closed as it says."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

UNIT = Path(__file__).parents[2] / "docs/operate/examples/parley.service"


@pytest.fixture
def unit(tmp_path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed")
    path = tmp_path / UNIT.name
    # It wants programs that exist.
    text = UNIT.read_text().replace("/opt/parley/.venv/bin/python /opt/parley/serve.py", "/bin/true")
    path.write_text(text.replace("WorkingDirectory=/opt/parley", "WorkingDirectory=/"))
    return path


def test_systemd_understands_every_line(unit):
    done = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, timeout=60)
    assert [line for line in done.stderr.splitlines() if unit.name in line] == []


def test_it_is_rated_as_safe(unit):
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", str(unit)], capture_output=True, text=True, timeout=60
    )
    found = re.search(r"exposure level for \S+: ([\d.]+)", done.stdout)
    assert found, done.stdout + done.stderr
    assert float(found[1]) < 2.5


def test_nobody_else_reads_the_data():
    assert "StateDirectoryMode=0700" in UNIT.read_text()
