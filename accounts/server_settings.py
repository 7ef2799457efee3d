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
# How long a process goes on with what it read: a change is live everywhere within this time.
SECONDS = 1.0

# Sent with by, before and after (values by name), in the transaction of the change.
server_settings_changed = Signal()

SignUp = Literal["open", "invite", "closed"]


class ServerSettings(NamedTuple):
    """Every setting, with its default. Each has a variable of the same name in upper case, which wins."""

    server_name: str = "Parley"
    signup: SignUp = "open"


class _Held(NamedTuple):
    values: Mapping[str, Any]
    until: float


# A copy of the record: each process has its own, none older than SECONDS.
_held = _Held({}, 0.0)


def current() -> ServerSettings:
    """Return what holds now: one short query in a second, none in between. While the database is gone, the last known."""
    global _held
    if time.monotonic() > _held.until:
        _held = _Held(_read(), time.monotonic() + SECONDS)
    return ServerSettings(**{**_held.values, **_of_environment()})


def keep_known() -> None:
    """Ask the database for nothing in the next second: it is gone, and a page has to say so now."""
    global _held
    _held = _held._replace(until=max(_held.until, time.monotonic() + SECONDS))


def is_fixed(name: str) -> bool:
    """Whether the environment decides this setting."""
    return name in _of_environment()


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


def _of_environment() -> dict[str, Any]:
    fixed = {name: getattr(settings, name.upper()) for name in ServerSettings._fields}
    return {name: value for name, value in fixed.items() if value}


def _read() -> Mapping[str, Any]:
    try:
        rows = dict(ServerSetting.objects.values_list("name", "value"))
    except DatabaseError:  # pages say by themselves that the database is gone, under the name that is known
        return _held.values
    return {name: value for name, value in rows.items() if name in ServerSettings._fields}
