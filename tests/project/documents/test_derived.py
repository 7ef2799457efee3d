"""The parts of the documents that come from the code say what the code says."""

import json
import re
from pathlib import Path

import pytest

from chat.domain.policy import Act
from project.documents.blocks import rewritten, table_writer
from project.documents.documents import ROOT, as_derived, documents, undescribed
from project.documents.facts import setting_rows
from project.documents.permissions import permissions_block


@pytest.mark.parametrize("path", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_document_is_as_the_command_would_write_it(path: Path) -> None:
    assert path.read_text() == as_derived(path), "run make docs"


def test_every_setting_event_error_address_and_key_is_described() -> None:
    assert undescribed() == []


def test_every_act_has_a_line_in_the_permissions() -> None:
    lines = permissions_block("", "").splitlines()
    assert [line.split(" | ")[0].removeprefix("| ") for line in lines[-len(Act) :]] == [act.value for act in Act]


def test_a_table_takes_its_defaults_from_the_code_and_its_meaning_from_people() -> None:
    text = (
        "<!-- derived: settings -->\n| variable | default | meaning |\n|---|---|---|\n"
        "| `B` | `1` | second \\| last |\n| `GONE` | `9` | no more |\n| `A` | of the folder | first |\n<!-- end -->\n"
    )
    write = table_writer(lambda: {"`A`": [None], "`B`": ["`2`"]})

    now = rewritten(text, {"settings": write})

    assert now == text.replace("`1`", "`2`").replace("| `GONE` | `9` | no more |\n", "")


def test_a_default_that_names_a_folder_of_this_machine_is_left_to_people() -> None:
    rows = setting_rows()
    assert rows["`LIMIT_SEARCHES`"] == ["`20/10s`"]
    assert rows["`DATA_DIR`"] == rows["`DATABASE_URL`"] == rows["`SECRET_KEY`"] == [None]


def test_every_dependency_has_a_reason() -> None:
    page = (ROOT / "docs/architecture/dependencies.md").read_text()
    rows = " ".join(re.findall(r"^\| ([^|]+) \|", page, re.MULTILINE))
    described = set(re.findall(r"[\w./@-]+", rows))
    pins = [line for path in ROOT.glob("requirements*.txt") for line in path.read_text().splitlines() if line[0] != "-"]
    package = json.loads((ROOT / "package.json").read_text())
    wanted = {re.split(r"[\[=]", pin)[0] for pin in pins} | {*package["dependencies"], *package["devDependencies"]}
    assert wanted - described == set()


def test_every_make_command_is_described() -> None:
    targets = re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE)
    described = (ROOT / "CONTRIBUTING.md").read_text()
    assert "docs" in targets
    assert [target for target in targets if not re.search(rf"\bmake {target}\b", described)] == []


def test_every_command_of_an_administrator_is_described() -> None:
    """`make build`, `make demo` and `make docs` run the others."""
    folder = ROOT / "project/management/commands"
    commands = [path.stem for path in folder.glob("[a-z]*.py") if path.stem not in ("build_static", "fill_demo", "write_docs")]
    described = "\n".join(path.read_text() for path in (ROOT / "docs/operate").glob("*.md"))
    assert "move" in commands
    assert [command for command in commands if not re.search(rf"\b{command}\b", described)] == []


def test_every_floor_of_the_chat_is_on_the_map() -> None:
    page = (ROOT / "docs/architecture/README.md").read_text()
    floors = [path.parent.name for path in (ROOT / "chat").glob("*/__init__.py")]
    assert {"actions", "realtime"} <= set(floors)
    assert [name for name in floors if f"`chat/{name}/`" not in page and name not in ("migrations", "templatetags")] == []
