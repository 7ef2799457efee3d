"""The one file of a backup: a compressed tar, laid out as DATA_DIR is, so that it can be read without Parley, too."""

import gzip
import hashlib
import io
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from project.backup import manifest as manifests
from project.backup.errors import BackupError
from project.backup.layout import ALL_PARTS
from project.backup.manifest import Manifest, Part
from project.backup.progress import Progress
from project.backup.target import NO_ROOM

# The fastest: it halves what travels, and the server's cores are needed elsewhere.
COMPRESSION = 1
BLOCK = 1024 * 1024
PRIVATE = 0o600


class _Counted(io.RawIOBase):
    """A file that is read once, with its checksum and the bar that moves along."""

    def __init__(self, file: IO[bytes], progress: Progress) -> None:
        self._file, self._progress = file, progress
        self._digest = hashlib.sha256()
        self._size = 0

    def read(self, size: int = -1) -> bytes:
        block = self._file.read(size)
        self._digest.update(block)
        self._size += len(block)
        self._progress.add(len(block))
        return block

    def part(self) -> Part:
        return Part(self._size, self._digest.hexdigest())


def describe(path: Path, progress: Progress) -> Part:
    """Return a file's size and checksum."""
    with path.open("rb") as file:
        counted = _Counted(file, progress)
        while counted.read(BLOCK):
            pass
        return counted.part()


def write(target: BinaryIO, manifest: Manifest, files: Mapping[str, Path], progress: Progress) -> None:
    """Write the manifest, then every file by its name in DATA_DIR."""
    packed = gzip.GzipFile(filename="", fileobj=target, mode="wb", compresslevel=COMPRESSION)
    with packed, tarfile.open(fileobj=packed, mode="w|", bufsize=BLOCK) as archive:
        head = manifests.encode(manifest)
        archive.addfile(_entry(manifests.NAME, len(head)), io.BytesIO(head))
        for name, path in files.items():
            with path.open("rb") as file:
                archive.addfile(_entry(name, manifest.parts[name].size), _Counted(file, progress))


def read_manifest(path: Path) -> Manifest:
    """Return what a backup says of itself. Raises BackupError."""
    with _entries(path) as (manifest, _):
        return manifest


def check(path: Path, progress: Progress, folder: Path | None = None) -> Manifest:
    """Read all of it and compare every checksum; with `folder`, keep the files there. Raises BackupError."""
    with _entries(path) as (manifest, entries):
        progress.step(f"Reading {path.name}", sum(part.size for part in manifest.parts.values()))
        missing = dict(manifest.parts)
        for name, size, file in entries:
            # A name such as ../../etc/passwd would be written wherever it says: nothing but what we pack is unpacked.
            if name not in missing or name not in ALL_PARTS:
                raise BackupError(f'{path} is damaged or foreign: it has a file "{name}"')
            if size != missing[name].size or _copied(file, folder and folder / name, progress) != missing.pop(name):
                raise BackupError(f'{path} is damaged: the checksum of "{name}" is wrong')
        if missing:
            raise BackupError(f"{path} is damaged: {', '.join(missing)} is missing")
        return manifest


def _copied(file: IO[bytes], to: Path | None, progress: Progress) -> Part:
    counted = _Counted(file, progress)
    if to is None:
        while counted.read(BLOCK):
            pass
        return counted.part()
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    to.touch(PRIVATE)
    with to.open("wb") as copy:
        while block := counted.read(BLOCK):
            copy.write(block)
    return counted.part()


@contextmanager
def _entries(path: Path) -> Iterator[tuple[Manifest, Iterator[tuple[str, int, IO[bytes]]]]]:
    try:
        with gzip.open(path, "rb") as packed, tarfile.open(fileobj=packed, mode="r|", bufsize=BLOCK) as archive:
            first = archive.next()
            if first is None or first.name != manifests.NAME or not first.isreg() or first.size > manifests.MOST_BYTES:
                raise BackupError(f"{path} is no backup of Parley")
            file = archive.extractfile(first)
            assert file
            yield manifests.decode(path, file.read()), _files(archive)
    except (gzip.BadGzipFile, tarfile.ReadError, EOFError, zlib.error) as error:
        raise BackupError(f"{path} is no backup of Parley, or is damaged: {error}") from error
    except OSError as error:
        if error.errno in NO_ROOM:
            raise BackupError(f"there is not enough room in DATA_DIR to unpack {path}") from error
        raise BackupError(f"{error.filename or path} cannot be read or copied: {error.strerror or error}") from error


def _files(archive: tarfile.TarFile) -> Iterator[tuple[str, int, IO[bytes]]]:
    """The files after the manifest: their names, sizes and contents."""
    while entry := archive.next():
        file = archive.extractfile(entry) if entry.isreg() else None
        if file is None:
            raise BackupError(f'"{entry.name}" in it is no file')
        yield entry.name, entry.size, file


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, PRIVATE
    return entry
