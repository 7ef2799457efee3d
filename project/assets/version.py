"""The name of what is served as static files: another one as soon as anything that they are made of changes."""

from hashlib import sha256
from pathlib import Path

# What is served besides our own: the libraries, those of Django for its admin, where they lie, and what is done to all of them.
INGREDIENTS = (
    "package-lock.json",
    "requirements.txt",
    "project/assets/emoji_names.py",
    "project/assets/import_map.py",
    "project/assets/build.py",
)
# The program itself: the one in .bin may be a script that wants Node, which the machine need not have.
ESBUILD = "node_modules/@esbuild/*/bin/esbuild"


def static_version(root: Path) -> str:
    """Return sixteen letters and digits; some ms of reading."""
    files = sorted(path for path in (root / "static").rglob("*") if path.is_file())
    files += [root / name for name in INGREDIENTS]
    found = sha256(b"minified" if esbuild(root) else b"as written")
    for path in files:
        content = path.read_bytes()
        found.update(f"\0{path.relative_to(root)}\0{len(content)}\0".encode())
        found.update(content)
    return found.hexdigest()[:16]


def esbuild(root: Path) -> Path | None:
    """Return esbuild, or None where npm has installed nothing."""
    return next(root.glob(ESBUILD), None)
