"""The addresses of Redis, the database and the mail server. Errors never repeat an address: it can carry a password."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, quote, urlsplit

import dj_database_url
import dj_email_url

from project.environment.host_names import is_host

DATABASE_FORM = "DATABASE_URL must start with sqlite:/// or postgres:// (as in postgres://user:password@host/name)"
EMAIL_FORM = "EMAIL_URL must be console://, submission://user:password@host or smtp://user:password@host:465/?ssl=True"
# An unreachable PostgreSQL would otherwise hold a connection attempt for two minutes, which is libpq's default.
CONNECT_SECONDS = 5
# What REDIS_URL can say after "?": the rest of redis-py's options are ours to choose, and a wrong one fails late.
REDIS_OPTIONS = ("db", "username", "password")
TLS_OPTIONS = ("ssl_ca_certs", "ssl_certfile", "ssl_keyfile", "ssl_cert_reqs", "ssl_check_hostname")
OPTION_FORMS = {"db": r"[0-9]{1,9}", "ssl_cert_reqs": "none|optional|required", "ssl_check_hostname": "(?i:true|false)"}
EMAIL_SCHEMES = ("console", "smtp", "submission")
BOOLEANS = ("true", "false", "1", "0")


def redis_url(text: str) -> str:
    """Return the address of a Redis, or "" for our own. Raises ValueError."""
    if not text:
        return ""
    if not re.match(r"(redis|rediss|unix)://.", text):
        raise ValueError("REDIS_URL must start with redis://, rediss:// or unix://")
    parts = urlsplit(text)
    if parts.scheme != "unix":
        _check_redis_place(parts)
    elif parts.hostname or not parts.path.strip("/"):
        raise ValueError("REDIS_URL must name the path of a socket, as in unix:///run/redis/redis.sock")
    known = (*REDIS_OPTIONS, *TLS_OPTIONS) if parts.scheme == "rediss" else REDIS_OPTIONS
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        if name not in known:
            raise ValueError(f'REDIS_URL has the option "{name}"; it can have {", ".join(known)}')
        if name in OPTION_FORMS and not re.fullmatch(OPTION_FORMS[name], value):
            raise ValueError(f'REDIS_URL has the option {name} with a wrong value: "{value}"')
    return text


def _check_redis_place(parts: SplitResult) -> None:
    try:
        _ = parts.port
    except ValueError as error:
        raise ValueError("REDIS_URL has a port that is no number from 0 to 65535") from error
    if parts.hostname and not is_host(parts.hostname):
        raise ValueError(f'REDIS_URL has the host "{parts.hostname}", and no host has such a name')
    if not re.fullmatch(r"/?\d{0,9}", parts.path, re.ASCII):
        raise ValueError("REDIS_URL must end with the number of a database, as in redis://host:6379/0")


def redis_prefix(text: str) -> str:
    """Return what every name in Redis begins with, or "". Raises ValueError."""
    if not re.fullmatch(r"[\w.-]{0,64}", text, re.ASCII):
        raise ValueError("REDIS_PREFIX must be at most 64 letters, digits and any of . _ -")
    return text


def socket_url(path: Path) -> str:
    """Return the address of a Redis at a unix socket; a folder's name can hold what separates the parts of an address."""
    return f"unix://{quote(str(path))}"


def sqlite(file: Path) -> dict[str, Any]:
    """Return Django's settings for a SQLite database."""
    return {"ENGINE": "project.sqlite", "NAME": str(file), "OPTIONS": _SQLITE_OPTIONS}


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for the database at an address. Raises ValueError."""
    try:
        found: dict[str, Any] = dict(dj_database_url.parse(url))
    except Exception as error:
        raise ValueError(DATABASE_FORM) from error
    if found.get("ENGINE") == "django.db.backends.sqlite3":
        return sqlite(_sqlite_file(found["NAME"]))
    if found.get("ENGINE") != "django.db.backends.postgresql" or not found["NAME"]:
        raise ValueError(DATABASE_FORM)
    for host in found["HOST"].split(","):  # libpq tries each of several
        if host and not host.startswith("/") and not is_host(host):
            raise ValueError(f'DATABASE_URL has the host "{host}", and no host has such a name')
    return found | {"OPTIONS": {"connect_timeout": CONNECT_SECONDS} | found.get("OPTIONS", {})}


def email(url: str) -> dict[str, Any]:
    """Return Django's settings for a mail server. Raises ValueError."""
    try:
        parts = urlsplit(url)
        found: dict[str, Any] = dict(dj_email_url.parse(url))
    except Exception as error:
        raise ValueError(EMAIL_FORM) from error
    if parts.scheme not in EMAIL_SCHEMES or (parts.scheme != "console" and not is_host(parts.hostname or "")):
        raise ValueError(EMAIL_FORM)
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        if name not in ("ssl", "tls", "timeout"):
            raise ValueError(f'EMAIL_URL has the option "{name}"; it can have ssl, tls and timeout')
        if name != "timeout" and value.lower() not in BOOLEANS:
            raise ValueError(f"EMAIL_URL has an option {name} that is neither True nor False")
    return found


def _sqlite_file(name: str) -> Path:
    """The file itself: what is beside it, and whether it is in DATA_DIR, must not depend on links or the current folder."""
    if not name or name == ":memory:":
        raise ValueError("DATABASE_URL must name a file, as in sqlite:////var/lib/parley/parley.sqlite3")
    return Path(name).resolve()


_SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # WAL lets readers go on while one writes; FULL syncs each commit, since the record must outlive a power cut.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}
