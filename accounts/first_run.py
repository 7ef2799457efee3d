"""First run: the secret link that makes its opener the owner, good until there is one."""

from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.contrib.contenttypes.models import ContentType
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy

from accounts.auth.forms import HANDLE_ATTRS, HANDLE_HINT, PASSWORD_HINT, DoorForm, NameField
from accounts.models import User
from accounts.owner import has_owner

_SALT = "accounts.first_run"


class OwnerForm(DoorForm):
    """Who the owner is."""

    name = NameField()
    handle = forms.CharField(help_text=HANDLE_HINT, widget=forms.TextInput(HANDLE_ATTRS))
    email = forms.EmailField(max_length=254, widget=forms.EmailInput({"autocomplete": "email"}))
    password = forms.CharField(
        strip=False, help_text=PASSWORD_HINT, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )

    def clean_handle(self) -> str:
        handle: str = get_adapter().clean_username(self.cleaned_data["handle"])
        return handle

    def clean_email(self) -> str:
        email = cast(str, self.cleaned_data["email"]).lower()
        if User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(gettext_lazy("An account with this email already exists."))
        return email

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        if password := facts.get("password"):
            try:
                validate_password(password, User(**{field: facts.get(field, "") for field in ("name", "handle", "email")}))
            except forms.ValidationError as error:
                self.add_error("password", error)
        return facts

    def unsaved_owner(self) -> User:
        """Return the owner with the password hashed, which takes too long to be done inside a transaction."""
        facts = {field: self.cleaned_data[field] for field in ("name", "handle", "email")}
        owner = User(is_staff=True, is_superuser=True, **facts)
        owner.set_password(self.cleaned_data["password"])
        return owner


def setup_link() -> str | None:
    """Return the link for the console, the same at each start until it was used."""
    return None if has_owner() else f"{settings.PUBLIC_URL}/setup/{_token()}/"


def opens_setup(token: str) -> bool:
    """Tell whether a token is the right one, and still is."""
    return constant_time_compare(token, _token()) and not has_owner()


def save_owner(owner: User) -> bool:
    """Save the one owner, inside the caller's transaction; False if another was quicker."""
    # Two openers wait for each other at a row that always exists: who does not exist yet cannot be locked.
    ContentType.objects.select_for_update().get(app_label="accounts", model="user")
    if has_owner():
        return False
    owner.save()
    # Whoever holds the console needs no mail to prove who they are.
    EmailAddress.objects.create(user=owner, email=owner.email, primary=True, verified=True)
    return True


def _token() -> str:
    return salted_hmac(_SALT, "owner", algorithm="sha256").hexdigest()
