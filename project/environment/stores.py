"""The addresses of Redis, the database and the mail server. Errors never repeat an address: it can carry a password."""

import re
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
import dj_email_url

DATABASE_FORM = "DATABASE_URL must start with sqlite:/// or postgres:// (as in postgres://user:password@host/name)"
EMAIL_FORM = "EMAIL_URL must be console://, submission://user:password@host or smtp://user:password@host:465/?ssl=True"
# An unreachable PostgreSQL would otherwise hold a connection attempt for two minutes, which is libpq's default.
CONNECT_SECONDS = 5


def redis_url(text: str) -> str:
    """Return the address of a Redis, or "" for our own. Raises ValueError."""
    if not text:
        return ""
    if not re.match(r"(redis|rediss|unix)://.", text):
        raise ValueError("REDIS_URL must start with redis://, rediss:// or unix://")
    parts = urlsplit(text)
    if parts.scheme != "unix":
        try:
            _ = parts.port
        except ValueError as error:
            raise ValueError("REDIS_URL has a port that is no number from 0 to 65535") from error
        if not re.fullmatch(r"/?\d*", parts.path):
            raise ValueError("REDIS_URL must end with the number of a database, as in redis://host:6379/0")
    return text


def redis_prefix(text: str) -> str:
    """Return what every name in Redis begins with, or "". Raises ValueError."""
    if not re.fullmatch(r"[\w.-]{0,64}", text, re.ASCII):
        raise ValueError("REDIS_PREFIX must be at most 64 letters, digits and any of . _ -")
    return text


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for a database. Raises ValueError."""
    try:
        found: dict[str, Any] = dict(dj_database_url.parse(url))
    except Exception as error:
        raise ValueError(DATABASE_FORM) from error
    if found.get("ENGINE") == "django.db.backends.sqlite3":
        return found | {"ENGINE": "project.sqlite", "OPTIONS": _SQLITE_OPTIONS}
    if found.get("ENGINE") != "django.db.backends.postgresql":
        raise ValueError(DATABASE_FORM)
    return found | {"OPTIONS": {"connect_timeout": CONNECT_SECONDS} | found.get("OPTIONS", {})}


def email(url: str) -> dict[str, Any]:
    """Return Django's settings for a mail server. Raises ValueError."""
    try:
        found: dict[str, Any] = dict(dj_email_url.parse(url))
    except Exception as error:
        raise ValueError(EMAIL_FORM) from error
    if "EMAIL_BACKEND" not in found:
        raise ValueError(EMAIL_FORM)
    return found


_SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # WAL lets readers go on while one writes; FULL syncs each commit, since the record must outlive a power cut.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}
