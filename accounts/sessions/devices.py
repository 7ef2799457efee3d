"""Where a person is logged in: the device, the address and the last use of each session, in allauth's table."""

import time
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from allauth.usersessions.models import UserSession
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils import timezone

from accounts.auth.client_address import client_address
from accounts.models import User
from accounts.sessions.authentication import valid_keys
from accounts.sessions.device_names import device_name
from accounts.signed_in import signed_in
from bounds.pause import let_others_go_on

NOTE_SECONDS = 300.0
# A person's sessions beyond these end at the next login, the longest unused first: a script can log in all day.
MOST_SESSIONS = 100
UNKNOWN_ADDRESS = "::"
_USER_AGENT_CHARS = UserSession._meta.get_field("user_agent").max_length
# Which sessions this process noted lately. Another process notes them, too: that costs one more write in NOTE_SECONDS.
_noted: dict[str, float] = {}
_MOST_NOTED = 10_000


class Device(NamedTuple):
    """One session as its person sees it; `id` is worth nothing to others."""

    id: int
    name: str
    address: str
    since: datetime
    last_used: datetime
    is_this: bool


def note_use(request: HttpRequest) -> None:
    """Note from where a session is used, once in NOTE_SECONDS. Raises nothing: no page fails by it."""
    key = request.session.session_key
    if not key or not _is_due(key):
        return
    address = client_address(request) or UNKNOWN_ADDRESS
    user_agent = request.META.get("HTTP_USER_AGENT", "")[:_USER_AGENT_CHARS]
    facts = {"ip": address, "user_agent": user_agent, "last_seen_at": timezone.now()}
    try:
        if not UserSession.objects.filter(session_key=key).update(**facts):
            _add(signed_in(request), key, facts)
    except DatabaseError:  # a database that is read-only or full now; the next page tries again
        _noted.pop(key, None)


def note_open_sessions(session_keys: Iterable[str]) -> None:
    """Note that these sessions are in use by open connections; called by a server about every NOTE_SECONDS."""
    keys = sorted({key for key in session_keys if key})
    for start in range(0, len(keys), MOST_SESSIONS):
        UserSession.objects.filter(session_key__in=keys[start : start + MOST_SESSIONS]).update(last_seen_at=timezone.now())
        let_others_go_on()


def devices(user: User, this_key: str) -> list[Device]:
    """Return where a person is logged in: this session first, then the last used."""
    rows = list(UserSession.objects.filter(user=user).order_by("-last_seen_at")[:MOST_SESSIONS])
    # A password that was changed by command ends sessions, and leaves their rows for a while.
    valid = valid_keys(user, [row.session_key for row in rows])
    found = [_device(row, this_key) for row in rows if row.session_key in valid]
    return sorted(found, key=lambda device: not device.is_this)


def end_device(user: User, device_id: int, this_key: str) -> bool:
    """End one of a person's other sessions; False if there is none. The watch on sessions closes its connections."""
    row = UserSession.objects.filter(user=user, pk=device_id).exclude(session_key=this_key).first()
    if row is None:
        return False
    row.end()
    return True


def end_other_devices(user: User, this_key: str) -> int:
    """End all of a person's sessions but this one; return how many."""
    rows = list(UserSession.objects.filter(user=user).exclude(session_key=this_key))
    for row in rows:
        row.end()
        let_others_go_on()
    return len(rows)


def forget_devices(user: User) -> None:
    """Delete what is kept of a person's devices, once their sessions have ended."""
    UserSession.objects.filter(user=user).delete()


def _add(user: User, key: str, facts: dict[str, object]) -> None:
    UserSession.objects.bulk_create([UserSession(user=user, session_key=key, **facts)], ignore_conflicts=True)
    for row in UserSession.objects.filter(user=user).order_by("-last_seen_at")[MOST_SESSIONS:]:
        row.end()


def _is_due(key: str) -> bool:
    now = time.monotonic()
    if now - _noted.get(key, -NOTE_SECONDS) < NOTE_SECONDS:
        return False
    if len(_noted) >= _MOST_NOTED:
        _noted.clear()
    _noted[key] = now
    return True


def _device(row: UserSession, this_key: str) -> Device:
    address = "" if row.ip == UNKNOWN_ADDRESS else row.ip
    is_this = row.session_key == this_key
    return Device(row.pk, device_name(row.user_agent), address, row.created_at, row.last_seen_at, is_this)
