"""The forms of the second factor: allauth's, in our look."""

from typing import Any

from allauth.mfa.base import forms as base
from allauth.mfa.recovery_codes import forms as recovery_codes
from allauth.mfa.totp import forms as totp
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy

from accounts.auth.forms import DoorForm

# A recovery code has 8 digits; people type spaces between them.
CODE_MAX_CHARS = 20
_CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "none", "spellcheck": "false"}


class CodeForm(DoorForm):
    """A form with one code in it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].validators.append(MaxLengthValidator(CODE_MAX_CHARS))
        self.tell("code", label=gettext_lazy("Code"), maxlength=str(CODE_MAX_CHARS), **_CODE)


class LogInCodeForm(CodeForm, base.AuthenticateForm):
    """The code after the password."""


class ConfirmCodeForm(CodeForm, base.ReauthenticateForm):
    """The code again, before something that a thief of the session must not do."""


class SetUpAppForm(CodeForm, totp.ActivateTOTPForm):
    """The first code of an app, which proves that it has the secret."""


class TurnOffForm(DoorForm, totp.DeactivateTOTPForm):
    """Nothing to fill in; refused where a factor is required."""


class NewRecoveryCodesForm(DoorForm, recovery_codes.GenerateRecoveryCodesForm):
    """Nothing to fill in."""
