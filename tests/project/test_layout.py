"""The rules of the tree that a stranger relies on: see docs/architecture."""

import ast
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
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


def imported(name: str, code: str, known: Collection[str]) -> set[str]:
    """The modules of ours that run before the rest of a module, but for imports within functions.

    Whoever imports `a.b.c` runs the packages `a` and `a.b`, too, unless they are inside of these.
    """
    names = set()
    for node in ast.parse(code).body:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            members = (f"{node.module}.{alias.name}" for alias in node.names)
            names |= {member if member in known else node.module for member in members}
    outside = {
        package for each in names & set(known) for package in packages_of(each) if not f"{name}.".startswith(f"{package}.")
    }
    return (names | outside) & set(known) - {name}


def packages_of(name: str) -> list[str]:
    """The packages above a module."""
    parts = name.split(".")
    return [".".join(parts[:count]) for count in range(1, len(parts))]


def circle_in(codes: Mapping[str, str]) -> list[str]:
    """A circle of imports among these modules, by name, or nothing."""
    try:
        TopologicalSorter({name: imported(name, code, codes) for name, code in codes.items()}).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


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
    assert circle_in({name: (ROOT / path).read_text() for name, path in modules().items()}) == []


@pytest.mark.parametrize(
    "codes",
    [
        {"one": "import two", "two": "from one import name"},
        {"a": "from a.one import name", "a.one": "from b import name", "b": "from a.two import name", "a.two": ""},
        {"a": "from a.one import name", "a.one": "from a import other"},
    ],
    ids=["two files", "through a package", "to the package around it"],
)
def test_a_circle_is_seen(codes):
    """A package's __init__ runs before each of its modules: what it imports, they import."""
    assert circle_in(codes)


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
