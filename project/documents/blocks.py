"""The derived parts of a document: from `<!-- derived: KIND ARGUMENT -->` to `<!-- end -->`."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

BLOCK = re.compile(r"(<!-- derived: ([\w-]+)(?: (\S+))? -->\n)(.*?)(?=<!-- end -->)", re.DOTALL)
CELLS = re.compile(r"(?<!\\)\|")

# From a block's argument and its body so far to its new body.
Writer = Callable[[str, str], str]
# From the first cell of each row to the cells after it that the code decides; None leaves a cell as it was written.
Rows = Mapping[str, Sequence[str | None]]


class Block(NamedTuple):
    """One derived part as it stands in a document."""

    kind: str
    argument: str
    body: str


def blocks(text: str) -> Iterator[Block]:
    """Yield the derived parts of a document, in order."""
    for found in BLOCK.finditer(text):
        yield Block(found[2], found[3] or "", found[4])


def rewritten(text: str, writers: Mapping[str, Writer]) -> str:
    """Return the document with each derived part written again. Raises KeyError for an unknown kind."""
    return BLOCK.sub(lambda found: found[1] + writers[found[2]](found[3] or "", found[4]), text)


def table_writer(read_rows: Callable[[], Rows]) -> Writer:
    """Return a writer of tables: the code decides the first cells of a row, people write the others and the order."""

    def write(_argument: str, body: str) -> str:
        known = read_rows()
        head, rule, *rows = body.splitlines()
        kept = (row for row in map(cells, rows) if row[0] in known)
        return "\n".join([head, rule, *(_line(row, known[row[0]]) for row in kept)]) + "\n"

    return write


def cells(row: str) -> list[str]:
    """Return the cells of a row of a table."""
    return [cell.strip() for cell in CELLS.split(row)[1:-1]]


def keys(block: Block) -> list[str]:
    """Return the first cell of each row of a table."""
    return [cells(row)[0] for row in block.body.splitlines()[2:]]


def _line(row: Sequence[str], decided: Sequence[str | None]) -> str:
    changed = [old if new is None else new for old, new in zip(row[1:], decided, strict=False)]
    return "| " + " | ".join([row[0], *changed, *row[1 + len(changed) :]]) + " |"
