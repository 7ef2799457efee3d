"""The catalogs in `locale/` are what they claim to be."""

import pytest

from translation.catalogs import catalog_paths, compiled

PATHS = catalog_paths()


@pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.parts[-3]} {path.stem}")
def test_what_is_compiled_is_what_was_translated(path):
    assert path.with_suffix(".mo").read_bytes() == compiled(path), "make messages"
