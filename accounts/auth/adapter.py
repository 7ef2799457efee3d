"""Our answers to allauth's questions."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.auth.client_address import client_address
from accounts.auth.invited import Invited, invited
from accounts.auth.login_limits import login_key
from accounts.auth.mail import send_beside, sender
from accounts.models import ReservedHandle, User
from accounts.names.cleaning import clean_handle
from accounts.names.impersonation import refuse_lookalike_handle
from accounts.owner import has_owner
from accounts.server_settings import current
from accounts.your_account.email_ownership import is_of_another

_TAKEN = "account/email/email_taken"
_TO_STRANGERS = "account/email/unknown_account"
_MISMATCH = gettext_lazy("Incorrect email, handle or password. After 5 failed attempts, you have to wait 5 minutes.")


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up as the owners decided, our rules for handles, and mail whose links lead to PUBLIC_URL."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _MISMATCH,
        "username_password_mismatch": _MISMATCH,
        "email_taken": gettext_lazy("An account with this email already exists. If it is yours, log in or reset the password."),
        "username_taken": gettext_lazy("That handle is taken. Choose another one."),
        "too_many_login_attempts": gettext_lazy("Too many failed attempts. Wait 5 minutes, then try again."),
        "enter_current_password": gettext_lazy("That is not your current password."),
        "incorrect_password": gettext_lazy("That is not your current password."),
        "duplicate_email": gettext_lazy("That is your email already."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        if not has_owner():  # who came before the first room would be in no room, with nobody to moderate
            return False
        return current().signup == "open" or invited(request) is not None

    def get_client_ip(self, request: HttpRequest) -> str:
        """As the log has it; allauth's own fails where a request comes past the proxies."""
        return client_address(request) or super().get_client_ip(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def clean_username(self, username: str, shallow: bool = False) -> str:
        cleaned: str = super().clean_username(clean_handle(username), shallow)
        if not shallow:
            refuse_lookalike_handle(cleaned)
            if ReservedHandle.objects.holds(cleaned):
                raise self.validation_error("username_taken")
        return cleaned

    def is_safe_url(self, url: str) -> bool:
        try:
            is_safe: bool = super().is_safe_url(url)
        except ValueError:  # "http://[" is no address at all
            return False
        return is_safe

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:
        user.name = form.cleaned_data["name"]
        user.new_since = (invited(request) or Invited(user.date_joined)).new_since
        saved: User = super().save_user(request, user, form, commit)
        return saved

    def get_login_stages(self) -> list[str]:
        ours = {"allauth.account.stages.EmailVerificationStage": "accounts.auth.stages.VerifyNewcomersStage"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def format_email_subject(self, subject: str) -> str:
        return f"[{current().server_name}] {subject}"

    def get_from_email(self) -> str:
        return sender()

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        """Send the link; to somebody who has an account with this email, that a link could not change it."""
        address = emailconfirmation.email_address
        if is_of_another(address):
            self.send_mail(_TAKEN, address.email, {"user": address.user})
        else:
            super().send_confirmation_mail(request, emailconfirmation, signup)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        try:
            with transaction.atomic():
                is_confirmed: bool = super().confirm_email(request, email_address)
        except IntegrityError:  # Somebody else has it since, or had it without ever confirming it.
            self.add_message(request, messages.ERROR, "account/messages/email_confirmation_failed.txt")
            return False
        return is_confirmed

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send mail beside the page. Strangers are sent none, though theirs is worded: it must take the same time."""
        links = {name: _on_public_url(value) for name, value in context.items() if name.endswith("_url")}
        facts = {"request": self.request, "email": email} | context | links | {"place": settings.PUBLIC_URL}
        message = self.render_mail(template_prefix, email, facts)
        if template_prefix != _TO_STRANGERS:
            send_beside(message)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, str]]:
        """With a second factor, its code: else a thief of the session and the password could turn the factor off."""
        methods: list[dict[str, str]] = super().get_reauthentication_methods(user)
        return [each for each in methods if each["id"] == "mfa_reauthenticate"] or methods

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count by account: allauth counts by the Host header, which the sender chooses, and by the spelling."""
        return login_key(request, credentials.get("email", ""), credentials.get("username", ""))


def _on_public_url(link: str) -> str:
    """Never trust the request's Host for a link that carries a secret."""
    return f"{settings.PUBLIC_URL}{urlsplit(link).path}"
