"""One line for each login, failed login and logout, with the address: for audits, and for fail2ban (docs/operate/logs.md).

What somebody typed is not in it: people type passwords into the wrong field.
"""

import logging
from typing import Any

from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from accounts.auth.client_address import client_address
from accounts.models import User

log = logging.getLogger(__name__)


def watch() -> None:
    """Begin; called once, when the apps are ready."""
    user_logged_in.connect(_on_login, dispatch_uid="accounts.auth.login_log.login")
    user_logged_out.connect(_on_logout, dispatch_uid="accounts.auth.login_log.logout")
    user_login_failed.connect(_on_failure, dispatch_uid="accounts.auth.login_log.failure")
    authentication_failed.connect(_on_wrong_code, dispatch_uid="accounts.auth.login_log.wrong_code")
    authenticator_added.connect(_on_factor_added, dispatch_uid="accounts.auth.login_log.factor_added")
    authenticator_removed.connect(_on_factor_removed, dispatch_uid="accounts.auth.login_log.factor_removed")


def note_too_many(request: HttpRequest) -> None:
    """Note a login that was not even tried, since too many have failed."""
    _note("Login refused after too many failures", request)


def _on_login(request: HttpRequest | None, user: User, **_: Any) -> None:
    _note(f"Login of user {user.pk}", request)


def _on_logout(request: HttpRequest | None, user: User | None, **_: Any) -> None:
    if user is not None:  # else the session had ended before
        _note(f"Logout of user {user.pk}", request)


def _on_failure(request: HttpRequest | None = None, **_: Any) -> None:
    _note("Login failed", request)


def _on_wrong_code(request: HttpRequest | None, user: User, **_: Any) -> None:
    _note(f"Wrong code of user {user.pk}", request)


def _on_factor_added(request: HttpRequest | None, user: User, **_: Any) -> None:
    _note(f"Second factor of user {user.pk} set up", request)


def _on_factor_removed(request: HttpRequest | None, user: User, **_: Any) -> None:
    _note(f"Second factor of user {user.pk} removed", request)


def _note(line: str, request: HttpRequest | None) -> None:
    log.info(line, extra={"address": client_address(request) if request is not None else ""})
