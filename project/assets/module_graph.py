"""Which of the browser's modules imports which, read from their import lines."""

import re
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath

from django.conf import settings

from project.assets.import_map import IMPORTS, VENDOR

AT_ONCE = re.compile(r"""^(?:import|export)\s(?:[^"';]*?\sfrom\s*)?["']([^"']+)["']""", re.MULTILINE)
ON_DEMAND = re.compile(r"""\bimport\(["']([^"']+)["']\)""")


@cache
def loaded_with(*entries: str) -> list[str]:
    """Return the modules that a page waits for, the entries first; names are below the static address, as "js/app.js"."""
    return _closure(entries, [AT_ONCE])


@cache
def reachable_from(*entries: str) -> list[str]:
    """Return all modules that a page may ever load, those on demand too."""
    return _closure(entries, [AT_ONCE, ON_DEMAND])


def source_of(name: str) -> Path:
    """Return the file that this module is made of; it is not there where npm has installed nothing."""
    if name.startswith(VENDOR):
        return settings.BASE_DIR / "node_modules" / name.removeprefix(VENDOR)
    return settings.BASE_DIR / "static" / name


def _closure(entries: tuple[str, ...], patterns: list[re.Pattern[str]]) -> list[str]:
    found = dict.fromkeys(entries)
    waiting = list(entries)
    while waiting:
        name = waiting.pop(0)
        new = [each for each in _imports_of(name, patterns) if each not in found]
        found.update(dict.fromkeys(new))
        waiting += dict.fromkeys(new)
    return list(found)


def _imports_of(name: str, patterns: list[re.Pattern[str]]) -> list[str]:
    path = source_of(name)
    text = path.read_text() if path.exists() else ""
    return [_resolved(written, name) for pattern in patterns for written in pattern.findall(text)]


def _resolved(written: str, importer: str) -> str:
    return normpath(join(dirname(importer), written)) if written.startswith(".") else IMPORTS[written]
