"""Makes the static files ready to be served: each page's scripts and styles joined and minified by esbuild, all compressed.

They lie in a folder that bears their version, so that a browser may keep them for good. See docs/decisions/0018.
"""

import gzip
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders

from project.errors import StartError
from project.static_version import ESBUILD

# What pages name; everything else comes through these.
MODULES = ("js/app.js", "js/door.js")
# Loaded before anything is shown, so it can be no module; and what browsers run beside all pages.
CLASSIC = ("js/theme.js", "js/service_worker.js")
TARGET = "es2022"
# Its minified build is smaller than what becomes of its modules.
SOCKET = "node_modules/socket.io-client/dist/socket.io.esm.min.js"
# A script of its own beside the page's, loaded when somebody looks for an emoji.
EMOJI = "node_modules/markdown-it-emoji/lib/data/full.mjs"
ALIASES = {
    "socket.io-client": f"./{SOCKET}",
    "entities": "./static/js/prose/entities.js",
    "emoji-names": "./emoji_names.js",
}
COMPRESSED = {".css", ".js", ".svg", ".json"}
KEPT_VERSIONS = 3


def build() -> None:
    """Have the folder of this version, if it is not there yet; raises StartError where esbuild finds a fault."""
    target = settings.STATIC_ROOT
    assert target
    if target.is_dir():
        return
    target.parent.mkdir(exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=target.parent, prefix="draft-"))
    try:
        _collect(draft)
        if (settings.BASE_DIR / ESBUILD).exists():
            _join(draft)
        _compress(draft)
        draft.chmod(0o755)
        with suppress(OSError):  # another process was quicker, with the very same files
            draft.rename(target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    _forget_older(target.parent)


def _collect(folder: Path) -> None:
    for finder in get_finders():
        for name, storage in finder.list(ignore_patterns=[]):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(storage.path(name), folder / name)


def _join(folder: Path) -> None:
    # Modules have become part of what imports them.
    shutil.rmtree(folder / "js")
    aliases = [f"--alias:{name}={path}" for name, path in ALIASES.items()]
    for name in MODULES:  # one by one: what two of them share would become a third that both wait for
        _esbuild([f"static/{name}"], f"--outfile={folder / name}", "--format=esm", "--external:./emoji_names.js", *aliases)
    _esbuild([EMOJI], f"--outfile={folder / 'js/emoji_names.js'}", "--format=esm")
    _esbuild([f"static/{name}" for name in CLASSIC], f"--outdir={folder / 'js'}", "--format=iife")
    styles = (settings.BASE_DIR / "static/css").glob("*.css")
    _esbuild([str(path) for path in styles], f"--outdir={folder / 'css'}", "--allow-overwrite")


def _esbuild(sources: list[str], *options: str) -> None:
    command = [str(settings.BASE_DIR / ESBUILD), *sources, f"--target={TARGET}", *options]
    command += ["--bundle", "--minify", "--charset=utf8", "--legal-comments=none", "--log-level=warning"]
    ran = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise StartError(f"esbuild could not join the static files: {ran.stderr.strip()}")


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
