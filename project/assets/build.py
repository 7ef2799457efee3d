"""Makes the static files ready to be served: each minified by itself with esbuild, and compressed.

They lie in a folder that bears their version, so that a browser may keep them permanently. See docs/decisions/0021.
"""

import gzip
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders

from project.assets.emoji_names import EMOJI_NAMES, emoji_names
from project.assets.import_map import IMPORTS
from project.assets.module_graph import reachable_from, source_of
from project.assets.version import esbuild
from project.server.errors import StartError

TARGET = "es2022"
# Django's own, for its admin, stay as they come.
OURS = ("js/**/*.js", "css/*.css", "vendor/**/*.js", "vendor/**/*.mjs")
COMPRESSED = {".css", ".js", ".mjs", ".svg", ".json"}
KEPT_VERSIONS = 3


def build() -> None:
    """Build the folder of this version unless it is there; raises StartError if esbuild fails or the folder is read-only."""
    target = settings.STATIC_ROOT
    assert target
    if target.is_dir():
        return
    draft = _draft_beside(target)
    try:
        _collect(draft)
        if program := esbuild(settings.BASE_DIR):
            _add_libraries(draft)
            _minify(draft, program)
        _compress(draft)
        _open_to_readers(draft)
        with suppress(OSError):  # another process was quicker, with the very same files
            draft.rename(target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    _forget_older(target.parent)


def _open_to_readers(folder: Path) -> None:
    """Let every user read what everybody is served: `make build` is run by the owner of the code, not by the server's user."""
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)


def _draft_beside(target: Path) -> Path:
    try:
        if not target.parent.exists():
            target.parent.mkdir(parents=True)
            target.parent.chmod(0o755)
        return Path(tempfile.mkdtemp(dir=target.parent, prefix="draft-"))
    except OSError as error:
        raise StartError(
            f'the static files cannot be built in "{target.parent}": {error.strerror};'
            " run make build as the owner of the code, or set STATIC_DIR to a folder that can be written"
        ) from error


def _collect(folder: Path) -> None:
    for finder in get_finders():
        for name, storage in finder.list(ignore_patterns=[]):
            _copy(Path(storage.path(name)), folder / name)


def _add_libraries(folder: Path) -> None:
    for name in reachable_from(*IMPORTS.values()):
        _copy(source_of(name), folder / name)
    (folder / EMOJI_NAMES).write_bytes(emoji_names())


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _minify(folder: Path, program: Path) -> None:
    """Put each script and style in the place of what it was written as; nothing is joined, so imports stay as they are."""
    found = (path for pattern in OURS for path in sorted(folder.glob(pattern)) if path.is_file())
    files = [str(path.relative_to(folder)) for path in found]
    command = [
        str(program),
        *files,
        "--outdir=.",
        "--outbase=.",
        "--allow-overwrite",
        "--minify",
        "--format=esm",
    ]
    command += [f"--target={TARGET}", "--charset=utf8", "--legal-comments=none", "--log-level=warning"]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise StartError(f"esbuild could not minify the static files: {ran.stderr.strip()}")
    for path in folder.glob("vendor/**/*.mjs"):  # esbuild calls all that it makes ".js"
        path.with_suffix(".js").replace(path)


def _compress(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.suffix in COMPRESSED and path.is_file():
            packed = gzip.compress(path.read_bytes(), mtime=0)
            if len(packed) < path.stat().st_size:
                path.with_name(f"{path.name}.gz").write_bytes(packed)


def _forget_older(folder: Path) -> None:
    """A server that runs on may still need what it started with."""
    versions = sorted(folder.iterdir(), key=lambda version: version.stat().st_mtime, reverse=True)
    for version in versions[KEPT_VERSIONS:]:
        shutil.rmtree(version, ignore_errors=True)
