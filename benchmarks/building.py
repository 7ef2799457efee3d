"""What measuring needs beside the product: the load generator, compiled, and the rivals, installed. In ignored folders only."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
BUILD = HERE / ".build"
LOADGEN = BUILD / "loadgen"
PEERS = HERE / "peers"
NODE_PEER = PEERS / "node"
PEER_PYTHON = BUILD / "peers" / "bin" / "python"

_LOADGEN_SOURCES = HERE / "loadgen"
_PEER_REQUIREMENTS = PEERS / "requirements.txt"


def build_loadgen() -> None:
    """Compile the load generator if its source is newer; ends the program in one line without a compiler."""
    sources = sorted(_LOADGEN_SOURCES.glob("*.c"))
    if _is_newer(LOADGEN, [*sources, *_LOADGEN_SOURCES.glob("*.h")]):
        return
    compiler = _command("gcc", "a C compiler (Debian: apt-get install gcc libc6-dev)")
    BUILD.mkdir(exist_ok=True)
    _run("Compiling the load generator", [compiler, "-O2", "-Wall", "-Wextra", "-o", str(LOADGEN), *map(str, sources)])


def install_node_peer() -> None:
    """Install Node's socket.io and its Redis adapter beside its server."""
    stamp = NODE_PEER / "node_modules" / ".installed"
    if _is_newer(stamp, [NODE_PEER / "package-lock.json"]):
        return
    npm = _command("npm", "Node 20 or newer and npm (Debian: apt-get install nodejs npm)")
    _run("Installing Node's socket.io", [npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"], NODE_PEER)
    stamp.touch()


def install_python_peers() -> None:
    """Install the Python rivals into an environment of their own."""
    stamp = BUILD / "peers" / ".installed"
    if _is_newer(stamp, [_PEER_REQUIREMENTS]):
        return
    BUILD.mkdir(exist_ok=True)
    _run("Making an environment for the Python rivals", [sys.executable, "-m", "venv", str(BUILD / "peers")])
    install = [str(PEER_PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    _run("Installing python-socketio and Django Channels", [*install, "-r", str(_PEER_REQUIREMENTS)])
    stamp.touch()


def _is_newer(made: Path, sources: Sequence[Path]) -> bool:
    return made.exists() and all(made.stat().st_mtime >= source.stat().st_mtime for source in sources)


def _command(name: str, meaning: str) -> str:
    found = shutil.which(name)
    if not found:
        raise SystemExit(f"The benchmarks need {meaning}.")
    return found


def _run(what: str, command: list[str], folder: Path = HERE) -> None:
    print(f"{what} ...", flush=True)
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{what} failed:\n{(done.stderr or done.stdout).strip()[-2_000:]}")
