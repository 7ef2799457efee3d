"""The documents, and which of their parts come from the code."""

from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings

from project.documents import facts
from project.documents.blocks import Block, Rows, Writer, blocks, keys, rewritten, table_writer
from project.documents.payloads import request_block, struct_block
from project.documents.permissions import permissions_block

ROOT = settings.BASE_DIR

# Every row of these has to be in some document.
TABLES: dict[str, Callable[[], Rows]] = {
    "settings": facts.setting_rows,
    "errors": facts.error_rows,
    "server-events": facts.server_event_rows,
    "addresses": facts.address_rows,
    "keys": facts.key_rows,
}


def documents() -> list[Path]:
    """Return every document with derived parts, or which could have some."""
    return [*sorted(ROOT.glob("*.md")), ROOT / "gevent_socketio" / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def as_derived(path: Path) -> str:
    """Return the text of a document with its derived parts as the code wants them."""
    return rewritten(path.read_text(), _WRITERS)


def undescribed() -> list[str]:
    """Return what the code has and no document describes, such as "settings: `HOST`"."""
    found = [block for path in documents() for block in blocks(path.read_text())]
    wanted = [(kind, set(read_rows())) for kind, read_rows in TABLES.items()]
    lacking = {kind: names - _described(kind, found) for kind, names in wanted}
    lacking["request"] = set(facts.request_rows()) - {block.argument for block in found if block.kind == "request"}
    return sorted(f"{kind}: {name}" for kind, names in lacking.items() for name in names)


def _described(kind: str, found: list[Block]) -> set[str]:
    return set(_keys_of(kind, found))


def _keys_of(kind: str, found: list[Block]) -> Iterator[str]:
    for block in found:
        if block.kind == kind:
            yield from keys(block)


def _file_block(name: str, _body: str) -> str:
    """Return a file of the repository as a block of code."""
    path = ROOT / name
    return f"```{path.suffix.lstrip('.')}\n{path.read_text()}```\n"


_WRITERS: dict[str, Writer] = {
    **{kind: table_writer(read_rows) for kind, read_rows in TABLES.items()},
    "request": request_block,
    "struct": struct_block,
    "permissions": permissions_block,
    "file": _file_block,
}
