"""What the tests of the project package share."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """A folder whose path is short enough to hold a unix socket; pytest's own are often not."""
    folder = Path(tempfile.mkdtemp(prefix="parley-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
