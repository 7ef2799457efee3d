"""The name of what is served as static files: another one as soon as anything that they are made of changes."""

from hashlib import sha256
from pathlib import Path

# What files are made of besides themselves: the libraries joined into them, Django's own for its admin, and how it is done.
INGREDIENTS = ("package-lock.json", "requirements.txt", "project/static_build.py")
ESBUILD = Path("node_modules/.bin/esbuild")


def static_version(root: Path) -> str:
    """Return sixteen letters and digits; some ms of reading."""
    files = sorted(path for path in (root / "static").rglob("*") if path.is_file())
    files += [root / name for name in INGREDIENTS]
    found = sha256(b"joined" if (root / ESBUILD).exists() else b"as written")
    for path in files:
        content = path.read_bytes()
        found.update(f"\0{path.relative_to(root)}\0{len(content)}\0".encode())
        found.update(content)
    return found.hexdigest()[:16]
