"""The files of the project, without asking git: a bare machine has none, and neither has an unpacked archive."""

import os
from pathlib import Path

ROOT = Path(__file__).parents[2]
# What is installed, built or served there is not ours. Of hidden folders only .ci holds sources.
NOT_OURS = {"node_modules", "data", "__pycache__"}


def source_files() -> list[str]:
    """Return the path of each file from the root, as `chat/urls.py`, in order."""
    found = []
    for folder, below, names in os.walk(ROOT):
        below[:] = [name for name in below if name == ".ci" or not (name.startswith(".") or name in NOT_OURS)]
        found += [str((Path(folder) / name).relative_to(ROOT)) for name in names]
    return sorted(found)
