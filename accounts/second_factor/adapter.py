"""Our answers to the questions of allauth.mfa."""

from io import BytesIO

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.second_factor.requirement import is_required_of

# The quiet zone that the standard of QR codes asks for.
BORDER_MODULES = 4


class SecondFactorAdapter(DefaultMFAAdapter):
    """Codes drawn by segno, labels without the email, and staff who cannot turn it off where it is required."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("Incorrect code. Each code works once; wait for the next one."),
        "cannot_delete_authenticator": gettext_lazy("Staff need a second factor on this server."),
        "cannot_generate_recovery_codes": gettext_lazy("Set up an authenticator app first."),
    }

    def get_totp_label(self, user: User) -> str:
        return user.handle

    def build_totp_svg(self, url: str) -> str:
        """Return the code black on white in both themes: cameras expect that."""
        drawing = BytesIO()
        code = segno.make(url, error="m", micro=False)
        code.save(drawing, kind="svg", border=BORDER_MODULES, dark="#000", light="#fff", xmldecl=False, omitsize=True)
        return drawing.getvalue().decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not is_required_of(authenticator.user)
