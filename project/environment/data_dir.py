"""The folder that holds an installation, and the secret key in it."""

import os
import pwd
import re
import secrets
from contextlib import suppress
from pathlib import Path

# A unix socket's path can be 107 bytes long on Linux (sun_path in unix(7)); "redis.sock" lives in DATA_DIR.
LONGEST_DATA_DIR = 107 - len("/redis.sock")
# 32 random characters resist every search; Django's own keys have 50.
KEY_MIN_CHARS = 32
# By these a folder is known to be an installation's: no other folder is closed to others.
_OUR_FILES = frozenset({"secret_key", "parley.sqlite3", "serve.lock", "redis"})


def data_dir(text: str) -> tuple[Path, bool]:
    """Return the folder, readable by its owner alone if it is created here, and whether it was. Raises ValueError."""
    folder = Path(text).resolve()
    is_new = not folder.exists()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ValueError(f'DATA_DIR "{folder}" cannot be created or is no folder: {error.strerror}') from error
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise ValueError(f'DATA_DIR "{folder}" is not writable: {_why_not_writable(folder)}')
    _close_to_others(folder)
    return folder, is_new


def refuse_long_path(folder: Path) -> None:
    """Raise ValueError where our own Redis could not open its socket."""
    if len(str(folder).encode()) > LONGEST_DATA_DIR:
        raise ValueError(f'DATA_DIR "{folder}" is too long for a socket; use at most {LONGEST_DATA_DIR} bytes')


def secret_key(given: str, folder: Path, is_shared: bool = False) -> str:
    """Return the key that was given, else the one that is kept in the folder. Raises ValueError.

    Where stores are shared there can be processes with other folders, each of which would make a key of its own.
    """
    path = folder / "secret_key"
    if is_shared and not given:
        kept = f"; SECRET_KEY_FILE={path} keeps the one used so far" if path.exists() else ""
        raise ValueError(f"SECRET_KEY must be set with REDIS_URL or PostgreSQL, the same for every process{kept}")
    key = given or _kept_key(path)
    _refuse_short("SECRET_KEY", key)
    return key


def replaced_keys(text: str) -> list[str]:
    """Return the keys that commas or lines separate. Raises ValueError: what a guessed key signs would be as good as ours."""
    keys = [key for part in re.split(r"[,\n]", text) if (key := part.strip())]
    for key in keys:
        _refuse_short("A key of SECRET_KEY_FALLBACKS", key)
    return keys


def _refuse_short(name: str, key: str) -> None:
    if len(key) < KEY_MIN_CHARS:
        raise ValueError(
            f"{name} has {len(key)} characters; use {KEY_MIN_CHARS} or more random ones, as from: openssl rand -base64 40"
        )


def _kept_key(path: Path) -> str:
    """The key of this installation, created on the first start and readable by its owner alone."""
    if not path.exists():
        # Written whole under another name first: a kill between the two steps, or a second process, must not leave it empty.
        draft = path.with_name(f"secret_key.{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        with suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
    try:
        key = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a text file"
        raise ValueError(f'the secret key "{path}" cannot be read: {reason}') from error
    if not key:
        raise ValueError(f'the secret key "{path}" is empty; restore it, or delete it to get a new one (all sessions end)')
    return key


def _close_to_others(folder: Path) -> None:
    """Take the folder's rights from everybody else; raises ValueError where it is not ours alone to close, as /tmp is not.

    systemd's StateDirectory, volumes and mkdir create folders that every user of the machine can enter and read.
    """
    facts = folder.stat()
    if not facts.st_mode & 0o077:
        return
    if facts.st_uid != os.geteuid() or not _is_ours(folder):
        raise ValueError(f'DATA_DIR "{folder}" can be entered by other users: choose a folder of its own, or chmod 700 it')
    folder.chmod(0o700)


def _is_ours(folder: Path) -> bool:
    names = {path.name for path in folder.iterdir()}
    return not names or not names.isdisjoint(_OUR_FILES)


def _why_not_writable(folder: Path) -> str:
    if os.statvfs(folder).f_flag & os.ST_RDONLY:
        return "its file system is read-only"
    return f"it belongs to {_name(folder.stat().st_uid)}, and this process runs as {_name(os.geteuid())}"


def _name(user_id: int) -> str:
    try:
        return pwd.getpwuid(user_id).pw_name
    except KeyError:
        return f"user {user_id}"
