"""Exports as files: parts that are written while they are read, in one zip that only its owner can read."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

import msgspec


class ExportPart(NamedTuple):
    """One file of an export."""

    name: str
    content: Iterable[bytes]


def lines(rows: Iterable[object]) -> Iterable[bytes]:
    """Give JSON, one row a line; bytes are JSON already."""
    return ((row if isinstance(row, bytes) else msgspec.json.encode(row)) + b"\n" for row in rows)


def document(facts: dict[str, Any]) -> Iterable[bytes]:
    """Give one JSON document, made to be read."""
    return [msgspec.json.format(msgspec.json.encode(facts)), b"\n"]


def fill_zip(file: Any, parts: Iterable[ExportPart]) -> None:
    """Write the parts as a zip into a file that is open; it need not be one that can be read or sought in."""
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for part in parts:
            with archive.open(part.name, "w", force_zip64=True) as target:
                for chunk in part.content:
                    target.write(chunk)


def write_zip(path: Path, parts: Iterable[ExportPart]) -> None:
    """Write the parts into a new file; it has its name once it is complete. Raises OSError, FileExistsError among them."""
    if path.exists():
        raise FileExistsError(f"{path} exists already")
    partial = path.with_name(f"{path.name}.partial")
    with suppress(FileNotFoundError):
        partial.unlink()
    with os.fdopen(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "w+b") as file:
        fill_zip(file, parts)
        file.flush()
        os.fsync(file.fileno())
    partial.rename(path)
