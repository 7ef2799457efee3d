"""The rules of the tree that a stranger relies on: see docs/architecture."""

import ast
from collections import Counter, defaultdict
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ["accounts", "bounds", "chat", "gevent_socketio", "project", "translation"]
MOST_SIBLINGS = 15
# One file a screen, a command, or a part of a backup: their number is the number of things, not of thoughts.
LONG_FOLDERS = {"chat/admin", "project/backup", "project/management/commands"}


def files(*roots: str, suffix: str = "py") -> list[Path]:
    """The files of some folders but migrations, from the root."""
    found = [path.relative_to(ROOT) for root in roots for path in sorted((ROOT / root).rglob(f"*.{suffix}"))]
    return [path for path in found if "migrations" not in path.parts]


def modules() -> dict[str, Path]:
    """Every Python module of ours, by its dotted name."""
    found = {}
    for path in files(*PACKAGES):
        parts = path.with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imported(path: Path, known: dict[str, Path]) -> set[str]:
    """The modules of ours that a file names in its imports, those within functions left out."""
    names = set()
    for node in ast.parse((ROOT / path).read_text()).body:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names & known.keys()


@pytest.mark.parametrize("suffix", ["py", "js"])
def test_no_folder_holds_more_than_can_be_seen_at_a_glance(suffix):
    roots = PACKAGES if suffix == "py" else ["static/js"]
    count = Counter(str(path.parent) for path in files(*roots, suffix=suffix) if path.stem != "__init__")
    assert {folder: n for folder, n in count.items() if n > MOST_SIBLINGS and folder not in LONG_FOLDERS} == {}


def test_no_two_public_classes_of_the_chat_share_a_name():
    places = defaultdict(list)
    for path in files("chat"):
        for node in ast.parse((ROOT / path).read_text()).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(str(path))
    assert {name: paths for name, paths in places.items() if len(paths) > 1} == {}


def test_no_python_files_import_each_other_in_a_circle():
    known = modules()
    graph = {name: imported(path, known) - {name} for name, path in known.items()}
    # A package's __init__ names its modules, and they name the package above them: only files count.
    for name, path in known.items():
        if path.name == "__init__.py":
            graph[name] = set() if not name.startswith("chat.models") else graph[name]
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"circle of imports: {' -> '.join(error.args[1])}")


def test_every_package_says_what_it_is_for():
    silent = [
        str(path) for name, path in modules().items() if path.name == "__init__.py" and "." in name and not _docstring(path)
    ]
    assert [
        path
        for path in silent
        if not path.endswith(("management/__init__.py", "commands/__init__.py", "templatetags/__init__.py"))
    ] == []


def _docstring(path: Path) -> str | None:
    return ast.get_docstring(ast.parse((ROOT / path).read_text()))
