"""`make` on machines that Parley does not run on: one line within two seconds, and nothing is installed before it."""

import os
import shlex
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOO_OLD = "Parley runs on Python 3.11 to 3.14: install one of them, or say make PYTHON=/path/to/python3"
PACKAGES = "Parley's packages exist for Linux and macOS on x86-64 and ARM64, and this is"
LIBC = "Parley's packages need glibc 2.28 or newer, and this machine has"
NO_VENV = "Please install python3-venv (Debian: apt-get install python3-venv). It cannot go on without."
MOST_SECONDS = 2.0
# Another test may hold both cores for a moment: one of so many attempts has to be fast enough.
ATTEMPTS = 4


def script(path: Path, text: str) -> Path:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def python_where(path: Path, facts: str) -> Path:
    """A Python that runs code and scripts after the statements in `facts`, which say what the machine is like."""
    script_first = "import runpy, sys; " + facts + "; runpy.run_path(sys.argv[1], run_name='__main__')"
    code_first = "import sys; " + facts + "; exec(sys.argv[1])"
    real = shlex.quote(sys.executable)
    return script(
        path,
        f'''if [ "$1" = -c ]; then exec {real} -c {shlex.quote(code_first)} "$2"; fi
        case "$1" in *.py) exec {real} -c {shlex.quote(script_first)} "$1";; esac
        exec {real} "$@"''',
    )


def version(*numbers: int) -> str:
    return f"sys.version_info = ({', '.join(map(str, numbers))}, 0, 'final', 0)"


def platform_says(**answers: object) -> str:
    return "import platform; " + "; ".join(f"platform.{name} = lambda: {answer!r}" for name, answer in answers.items())


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder in front of the PATH: an ordinary user, without sudo."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script(folder / "id", "echo 1000")
    script(folder / "sudo", "exit 1")
    return folder


def make(tmp_path: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run make with a virtual environment of its own, as from a shell and not from within `make test`."""
    outer = {"MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES"}
    environment = {name: value for name, value in os.environ.items() if name not in outer}
    return subprocess.run(
        ["make", "--no-print-directory", f"VENV={tmp_path}/venv", *words],
        cwd=ROOT, env={**environment, "PATH": f"{tmp_path}/bin:{os.environ['PATH']}"},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def said(done: "subprocess.CompletedProcess[str]") -> list[str]:
    """Return the lines but for make's own, which names the rule."""
    return [line for line in (done.stdout + done.stderr).splitlines() if not line.startswith("make: ***")]


@pytest.mark.parametrize("command", ["run", "test"])
@pytest.mark.parametrize(
    ("facts", "line"),
    [
        (version(3, 10), TOO_OLD),
        (version(3, 15), TOO_OLD),
        (version(2, 7), TOO_OLD),
        (platform_says(machine="armv7l"), f"{PACKAGES} Linux on armv7l: use another machine"),
        (platform_says(machine="i686"), f"{PACKAGES} Linux on i686: use another machine"),
        ("sys.maxsize = 2**31 - 1", f"{PACKAGES} Linux on {os.uname().machine} with a Python of 32 bits: use another machine"),
        (platform_says(libc_ver=("glibc", "2.17")), f"{LIBC} glibc 2.17: use another system"),
        (platform_says(libc_ver=("", "")), f"{LIBC} another C library: use another system"),
        ("sys.modules['ensurepip'] = None", NO_VENV),
    ],
    ids=["Python 3.10", "Python 3.15", "Python 2", "32-bit ARM", "32-bit x86", "32-bit Python", "old glibc", "musl", "no venv"],
)
def test_an_unsupported_machine_is_refused_in_one_line_within_two_seconds(
    tmp_path: Path, programs: Path, facts: str, line: str, command: str
) -> None:
    python = python_where(tmp_path / "python", facts)
    took: list[float] = []
    while len(took) < ATTEMPTS and min(took, default=MOST_SECONDS) >= MOST_SECONDS:
        began = time.monotonic()
        done = make(tmp_path, f"PYTHON={python}", command)
        took.append(time.monotonic() - began)
        assert (done.returncode, said(done)) == (2, [line])
        assert not (tmp_path / "venv").exists()
    assert min(took) < MOST_SECONDS, took


@pytest.mark.parametrize("python", ["", "/no/such/python3"], ids=["none on the PATH", "a wrong path"])
def test_without_any_python_the_same_line_is_said(tmp_path: Path, programs: Path, python: str) -> None:
    done = make(tmp_path, f"PYTHON={python}", "run")
    assert (done.returncode, said(done)) == (2, [TOO_OLD])


@pytest.fixture
def recording(tmp_path: Path, programs: Path) -> Path:
    """A Python that makes virtual environments whose own Python only writes down what it was asked to do."""
    inner = f'echo "$@" >>{tmp_path}/asked'
    return script(
        tmp_path / "python",
        f'''if [ "$1 $2" = "-m venv" ]; then
        mkdir -p "$3/bin" && printf "#!/bin/sh\\n%s\\n" {shlex.quote(inner)} >"$3/bin/python" && chmod 755 "$3/bin/python"
        exit; fi
        exec {shlex.quote(sys.executable)} "$@"''',
    )


def test_a_virtual_environment_whose_python_is_gone_is_made_anew(tmp_path: Path, recording: Path) -> None:
    old = old_venv(tmp_path)
    (old / "bin" / "python").symlink_to(tmp_path / "removed-by-an-upgrade")
    assert_made_anew(tmp_path, recording)


def test_a_virtual_environment_of_the_release_before_is_made_anew(tmp_path: Path, recording: Path) -> None:
    script(old_venv(tmp_path) / "bin" / "python", "exit 1")  # its packages are those of another version: no pip
    assert_made_anew(tmp_path, recording)


def test_a_virtual_environment_of_a_python_that_is_too_old_is_made_anew(tmp_path: Path, recording: Path) -> None:
    python_where(old_venv(tmp_path) / "bin" / "python", version(3, 10))
    assert_made_anew(tmp_path, recording)


def old_venv(tmp_path: Path) -> Path:
    folder = tmp_path / "venv"
    (folder / "bin").mkdir(parents=True)
    for name in ("pyvenv.cfg", ".installed", "old"):
        (folder / name).touch()
    return folder


def assert_made_anew(tmp_path: Path, recording: Path) -> None:
    done = make(tmp_path, f"PYTHON={recording}", f"{tmp_path}/venv/.installed")
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "venv" / "old").exists()
    assert (tmp_path / "asked").read_text().endswith("--only-binary=:all: -r requirements.txt\n")


def test_the_node_of_a_virtual_environment_that_was_made_anew_is_looked_for_again(tmp_path: Path, recording: Path) -> None:
    done = make(tmp_path, f"PYTHON={recording}", "node_modules/.installed-dev")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "asked").read_text() == ".ci/node.py\n"
