"""What keeps Parley from a machine is said in one line, before anything is installed."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
GLIBC = ("glibc", "2.36")


def load(name: str) -> ModuleType:
    """Return a script of .ci, which is no package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / ".ci" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def only_on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the whole PATH."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def program(path: Path, said: str, code: int = 0) -> Path:
    path.write_text(f"#!/bin/sh\nprintf '%s' '{said}'\nexit {code}\n")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("processor", ["x86_64", "aarch64"])
def test_linux_with_a_recent_glibc_has_ready_made_packages(processor: str) -> None:
    assert load("machine").obstacle("Linux", processor, GLIBC) == ""


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (("Linux", "armv7l", GLIBC), "this is Linux on armv7l"),
        (("Linux", "aarch64", GLIBC, False), "a Python of 32 bits"),
        (("Windows", "AMD64", ("", "")), "this is Windows on AMD64"),
        (("Linux", "x86_64", ("glibc", "2.17")), "this machine has glibc 2.17"),
        (("Linux", "x86_64", ("", "")), "this machine has another C library"),
    ],
)
def test_a_machine_without_ready_made_packages_is_told_so_in_one_line(facts: tuple, said: str) -> None:
    line = load("machine").obstacle(*facts)
    assert said in line
    assert "\n" not in line


@pytest.mark.parametrize(
    ("version", "has_npm", "fits"),
    [
        ("v18.20.4", True, False),
        ("v20.19.2", True, True),
        ("v24.1.0", True, True),
        ("v20.1.0", False, False),
    ],
)
def test_a_machines_own_node_is_used_if_it_is_new_enough_and_has_npm(
    only_on_path: Path, version: str, has_npm: bool, fits: bool
) -> None:
    program(only_on_path / "node", version)
    if has_npm:
        program(only_on_path / "npm", "9.2.0")
    assert load("node").machine_fits() == fits


def test_without_node_and_without_its_package_one_line_says_what_to_install(
    only_on_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    script = load("node")
    monkeypatch.setattr(script, "BIN", only_on_path)
    monkeypatch.setattr(sys, "executable", str(program(only_on_path / "python", "", code=1)))
    assert script.main() == 1
    assert capfd.readouterr().out.splitlines()[-1] == (
        "Please install Node 20 or newer and npm (Debian: apt-get install nodejs npm)."
    )
