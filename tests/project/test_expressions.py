"""Regular expressions that mean the same on every Python that is supported."""

import re

from tests.support.source_files import ROOT, source_files

# A group, and how often; the "+" after it gives nothing back.
POSSESSIVE_GROUP = re.compile(r"\)(?:[*+?]|\{\{?[0-9,]*\}?\})\+")


def test_no_group_is_possessive():
    """Python before 3.11.5, which Debian 12 has, finds wrong ends for those (its issue gh-106052)."""
    python = [path for path in source_files() if path.endswith(".py") and not path.startswith(("tests/", "functional_tests/"))]
    assert len(python) > 400
    assert [path for path in python if POSSESSIVE_GROUP.search((ROOT / path).read_text())] == []


def test_what_is_looked_for_is_found():
    assert all(map(POSSESSIVE_GROUP.search, ["(?:a|b)*+", "(a)++", "(a){1,100}+", "(a){{1,100}}+"]))
    assert not any(map(POSSESSIVE_GROUP.search, ["(?:a|b)*", "[ab]*+c", "a++(b)", "f(x) + 1"]))
