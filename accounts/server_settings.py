"""The server's settings that owners change while it runs. Where a variable of the environment is set, it wins."""

import logging
import time
from collections.abc import Mapping
from functools import partial
from typing import Any, Literal, NamedTuple

from django.conf import settings
from django.db import DatabaseError, transaction
from django.dispatch import Signal

from accounts.models import ServerSetting, User

log = logging.getLogger(__name__)

SERVER_NAME_MAX_CHARS = 40
WELCOME_MAX_CHARS = 500
MESSAGE_MOST_CHARS = 20_000
BY_BROWSER = "browser"
# How long a process goes on with what it read: a change is live everywhere within this time.
SECONDS = 1.0
# How often a live process reads by itself, so that what it knows without asking is no older than that.
REFRESH_SECONDS = 0.8

# Sent with by, before and after (values by name), in the transaction of the change.
server_settings_changed = Signal()

SignUp = Literal["open", "invite", "closed"]
Creators = Literal["everyone", "staff"]


class ServerSettings(NamedTuple):
    """Every setting, with its default. Each has a variable of the same name in upper case, which wins."""

    server_name: str = "Parley"
    welcome_text: str = ""
    signup: SignUp = "open"
    create_rooms: Creators = "everyone"
    default_language: str = BY_BROWSER
    message_max_chars: int = 8_000
    most_own_rooms: int = 100
    newcomer_minutes: int = 60
    newcomer_links: int = 1
    newcomer_mentions: int = 5


_DEFAULTS: Mapping[str, Any] = ServerSettings()._asdict()
_VARIABLES = {name: name.upper() for name in _DEFAULTS}


class _Held(NamedTuple):
    values: Mapping[str, Any]
    until: float


# A copy of the record: each process has its own, none older than SECONDS.
_held = _Held({}, 0.0)


def current() -> ServerSettings:
    """Return what holds now: one short query in a second, none in between. While the database is gone, the last known."""
    if time.monotonic() > _held.until:
        refresh()
    return ServerSettings(**{name: known(name) for name in _DEFAULTS})


def known(name: str) -> Any:
    """Return one setting by what this process read last, without asking the database: for what runs on every message."""
    fixed = getattr(settings, _VARIABLES[name])
    return _held.values.get(name, _DEFAULTS[name]) if _is_unset(fixed) else fixed


def refresh() -> None:
    """Read the record. A live process does so all the time, and so nobody in it waits for the database."""
    global _held
    _held = _Held(_read(), time.monotonic() + SECONDS)


def keep_known() -> None:
    """Ask the database for nothing in the next second: it is gone, and a page has to say so now."""
    global _held
    _held = _held._replace(until=max(_held.until, time.monotonic() + SECONDS))


def is_fixed(name: str) -> bool:
    """Whether the environment decides this setting."""
    return not _is_unset(getattr(settings, _VARIABLES[name]))


def change_server_settings(by: User, **values: object) -> None:
    """Save what is different, inside the caller's transaction; what the environment decides stays as it is."""
    before = current()._asdict()
    changed = {name: value for name, value in values.items() if before[name] != value and not is_fixed(name)}
    if not changed:
        return
    for name, value in changed.items():
        ServerSetting.objects.update_or_create(name=name, defaults={"value": value})
    was = {name: before[name] for name in changed}
    log.info("Server settings changed by user %s: %s, before %s", by.pk, changed, was)
    server_settings_changed.send(sender=ServerSetting, by=by, before=was, after=changed)
    transaction.on_commit(partial(_take, changed))


def _take(changed: Mapping[str, object]) -> None:
    """This process need not wait for its next look."""
    global _held
    _held = _held._replace(values={**_held.values, **changed})


def _is_unset(variable: object) -> bool:
    return variable is None or variable == ""


def _read() -> Mapping[str, Any]:
    try:
        rows = dict(ServerSetting.objects.values_list("name", "value"))
    except DatabaseError:  # pages say by themselves that the database is gone, under the name that is known
        return _held.values
    return {name: value for name, value in rows.items() if name in _DEFAULTS}
