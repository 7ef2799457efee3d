"""Our answers to allauth's questions."""

import logging
from smtplib import SMTPException
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from accounts.client_address import client_address
from accounts.impersonation import refuse_lookalike_handle
from accounts.invitations import is_invited
from accounts.models import User
from accounts.names import clean_handle
from accounts.owner import has_owner

logger = logging.getLogger(__name__)

_MISMATCH = gettext_lazy("Email or handle and password do not go together. After 5 wrong tries there is a pause of 5 minutes.")


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up by the SIGNUP setting, our rules for handles, and mail whose links lead to PUBLIC_URL."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _MISMATCH,
        "username_password_mismatch": _MISMATCH,
        "email_taken": gettext_lazy("This email has an account already. If it is yours, log in or reset its password."),
        "username_taken": gettext_lazy("That handle is taken. Choose another one."),
        "too_many_login_attempts": gettext_lazy("Too many wrong tries. Wait 5 minutes, then try again."),
        "enter_current_password": gettext_lazy("That is not your password now."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        if not has_owner():  # who came before the first room would be in no room, with nobody to moderate
            return False
        return settings.SIGNUP == "open" or (settings.SIGNUP == "invite" and is_invited(request))

    def get_client_ip(self, request: HttpRequest) -> str:
        """As the log has it; allauth's own fails where a request comes past the proxies."""
        return client_address(request) or super().get_client_ip(request)

    def clean_username(self, username: str, shallow: bool = False) -> str:
        cleaned: str = super().clean_username(clean_handle(username), shallow)
        if not shallow:
            refuse_lookalike_handle(cleaned)
        return cleaned

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:
        user.name = form.cleaned_data["name"]
        saved: User = super().save_user(request, user, form, commit)
        return saved

    def get_login_stages(self) -> list[str]:
        ours = {"allauth.account.stages.EmailVerificationStage": "accounts.stages.VerifyNewcomersStage"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send, or log why not: a mail server that is down must not turn a page into an error."""
        links = {name: _on_public_url(value) for name, value in context.items() if name.endswith("_url")}
        try:
            super().send_mail(template_prefix, email, context | links | {"place": settings.PUBLIC_URL})
        except (OSError, SMTPException):
            logger.exception("Mail could not be sent; check EMAIL_URL")


def _on_public_url(link: str) -> str:
    """Never trust the request's Host for a link that carries a secret."""
    return f"{settings.PUBLIC_URL}{urlsplit(link).path}"
