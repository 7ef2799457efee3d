"""The forms of the door: allauth's, in our words and with one password field each."""

from typing import TYPE_CHECKING, Any

from allauth.account import forms as allauth
from django import forms
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from accounts.models import ReservedHandle, User
from accounts.names.cleaning import HANDLE_MAX_CHARS, LOGIN_MAX_CHARS, NAME_MAX_CHARS, clean_name, normal_handle, require_login
from accounts.names.impersonation import refuse_lookalike_name
from accounts.your_account.email_ownership import drop_pending

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PASSWORD_HINT = gettext_lazy("At least 10 characters; a few words work well.")
HANDLE_HINT = gettext_lazy("People mention you by it: lowercase letters, digits and . _ -")
HANDLE_ATTRS = {
    "autocomplete": "username",
    "autocapitalize": "none",
    "spellcheck": "false",
    "maxlength": str(HANDLE_MAX_CHARS),
}


class DoorForm(forms.Form):
    """A form in our look: labels above, no placeholder as a label, one password field with a button to show it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"
            field.widget.attrs.pop("placeholder", None)

    def tell(self, name: str, *, label: "StrOrPromise | None" = None, hint: "StrOrPromise" = "", **attrs: str) -> None:
        """Set what a field says and how browsers fill it."""
        field = self.fields[name]
        field.label = label or field.label
        field.help_text = hint
        field.widget.attrs.update(attrs)


class NameField(forms.CharField):
    """What a person is shown as."""

    def __init__(self) -> None:
        widget = forms.TextInput({"autocomplete": "name", "dir": "auto"})
        widget.attrs["data-names"] = "username handle"  # the fields for which the page suggests a handle made of the name
        super().__init__(label=gettext_lazy("Your name"), max_length=NAME_MAX_CHARS, widget=widget)

    def clean(self, value: Any) -> str:
        return clean_name(super().clean(value))


class LogInForm(DoorForm, allauth.LoginForm):
    """Email or handle, and the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tell(
            "login",
            label=gettext_lazy("Email or handle"),
            autocomplete="username",
            autocapitalize="none",
            spellcheck="false",
            maxlength=str(LOGIN_MAX_CHARS),
        )
        self.tell("password")

    def clean_login(self) -> str:
        require_login(self.cleaned_data["login"])
        typed: str = super().clean_login()
        return typed if "@" in typed.removeprefix("@") else normal_handle(typed)

    def user_credentials(self) -> dict[str, str]:
        """One way to look the person up: with two, a known email would be hashed against twice and stand out by time."""
        both: dict[str, str] = super().user_credentials()
        return {key: value for key, value in both.items() if key != "username" or "email" not in both}

    def clean(self) -> dict[str, Any]:
        """Put what is wrong beside the password, where it is read and where the cursor goes."""
        try:
            super().clean()
        except ValidationError as error:
            self.add_error("password", error)
        return self.cleaned_data


class SignUpForm(DoorForm, allauth.SignupForm):
    """Name, handle, email, password."""

    name = NameField()
    field_order = ["name", "username", "email", "password1"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tell("username", label=gettext_lazy("Handle"), hint=HANDLE_HINT, **HANDLE_ATTRS)
        self.tell("password1", hint=PASSWORD_HINT)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        refuse_lookalike_name(name)
        return name

    def clean_email(self) -> str:
        drop_pending(self.cleaned_data["email"])
        email: str = super().clean_email()
        return email

    def clean(self) -> dict[str, Any]:
        """Allauth asks whether the password is made of the handle or the email; here of the name, too."""
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        if facts.get("password1"):
            person = User(name=facts.get("name", ""), handle=facts.get("username", ""), email=facts.get("email", ""))
            try:
                validate_password(facts["password1"], person)
            except ValidationError as error:
                self._errors["password1"] = self.error_class(error.messages)
        return facts

    def try_save(self, request: HttpRequest) -> Any:
        if self.account_already_exists:
            # The same reply must take the same time, and leave the handle as taken as a new account's.
            make_password(self.cleaned_data["password1"])
            ReservedHandle.objects.reserve(self.cleaned_data["username"])
        return super().try_save(request)


class ResetForm(DoorForm, allauth.ResetPasswordForm):
    """The email to send a link to."""

    def clean_email(self) -> str:
        """An email that somebody only asked to change to opens nothing: it may be a stranger's, mistyped."""
        email: str = super().clean_email()
        found: list[User] = self.users
        self.users: list[User] = [user for user in found if user.email.lower() == email.lower()]
        return email


class NewPasswordForm(DoorForm, allauth.ResetPasswordKeyForm):
    """A new password, from that link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tell("password1", label=gettext_lazy("New password"), hint=PASSWORD_HINT)


class ChangePasswordForm(DoorForm, allauth.ChangePasswordForm):
    """A new password, from who knows the present one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tell("oldpassword", label=gettext_lazy("Current password"))
        self.tell("password1", label=gettext_lazy("New password"), hint=PASSWORD_HINT)


class ConfirmPasswordForm(DoorForm, allauth.ReauthenticateForm):
    """The password again, before something that a thief of the session must not do."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tell("password", label=gettext_lazy("Current password"))


class SetPasswordForm(DoorForm, allauth.SetPasswordForm):
    """A first password, for an account that was made without one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tell("password1", hint=PASSWORD_HINT)
