"""Which server wrote the data in a folder, and which servers can read it. See docs/decisions/0029."""

import re
from dataclasses import dataclass
from pathlib import Path

MANIFEST = "appendonlydir/appendonly.aof.manifest"
# The snapshot format of Redis 7.2, the last one that both can read; Redis went on with 12 and Valkey with 80.
LAST_COMMON_FORMAT = 11
# "REDIS0010" or "VALKEY080", then what its writer says of itself: a marker, a name and a value with their lengths.
# Valkey before 9 wrote the common format, under the common name.
HEAD = re.compile(
    rb"(?P<magic>REDIS|VALKEY)(?P<format>\d{3,4})(?:\xfa.(?P<family>redis|valkey)-ver.(?P<major>\d+)\.(?P<minor>\d+))?",
    re.DOTALL,
)
HEAD_BYTES = 64


@dataclass(frozen=True)
class DataFormat:
    """The format of a snapshot and its writer; the version is (0, 0) if the file does not say it."""

    family: str
    version: tuple[int, int]
    number: int

    @property
    def minimum(self) -> str:
        """The version to install."""
        return "{}.{}".format(*self.version) if any(self.version) else ""

    def __str__(self) -> str:
        return f"{self.family} {self.minimum}".strip()


def data_format(folder: Path) -> DataFormat | None:
    """Return what the log's snapshot says of itself; None where every server can read it, or where it must judge itself."""
    path = _snapshot(folder)
    if not path:
        return None
    with path.open("rb") as file:
        found = HEAD.match(file.read(HEAD_BYTES))
    if not found:
        return None
    version = (int(found["major"] or 0), int(found["minor"] or 0))
    return DataFormat((found["family"] or found["magic"]).decode().title(), version, int(found["format"]))


def is_readable(data: DataFormat, family: str, version: tuple[int, int]) -> bool:
    """Return whether this server can read the data."""
    if family == data.family:
        return version >= data.version
    if data.number > LAST_COMMON_FORMAT:
        return False
    return family == "Valkey" or data.number < LAST_COMMON_FORMAT or version >= (7, 2)


def _snapshot(folder: Path) -> Path | None:
    """Return the file that the log builds on. A log of Redis 6 is one file, which every later server takes over."""
    try:
        manifest = (folder / MANIFEST).read_text(errors="replace")
    except OSError:
        return None
    found = re.search(r"^file (\S+) seq \d+ type b$", manifest, re.MULTILINE)
    path = folder / "appendonlydir" / found[1] if found else None
    return path if path and path.is_file() else None
