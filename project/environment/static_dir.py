"""Where the static files are built: beside the code, or elsewhere if the code is read-only."""

import os
from pathlib import Path


def static_dir(chosen: str, code: Path, data: Path, version: str) -> Path:
    """Return the folder of one version: in STATIC_DIR if set, beside the code if it is built there or can be, else in DATA_DIR.

    A code folder that belongs to another user (root's /opt/parley) is usual; `make build` can fill it beforehand.
    """
    if chosen:
        return Path(chosen).resolve() / version
    beside = code / ".static"
    if (beside / version).is_dir() or os.access(beside if beside.is_dir() else code, os.W_OK):
        return beside / version
    return data / "static" / version
