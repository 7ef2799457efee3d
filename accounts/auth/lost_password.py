"""A way back in for a person who lost their password, made by whoever runs the server."""

from secrets import token_urlsafe

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.urls import reverse

from accounts.models import User
from accounts.sessions.open_sessions import end_sessions

GENERATED_BYTES = 15


def set_password(user: User, password: str) -> int:
    """Set a new password and return how many sessions ended; ValidationError says what is wrong with the password.

    Saving the person also tells every running server to close their connections.
    """
    validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    return end_sessions(user.pk)


def generate_password() -> str:
    """Return a random password of 120 bits."""
    return token_urlsafe(GENERATED_BYTES)


def one_time_link(user: User) -> str:
    """Return the same link that the password reset sends by mail: valid once, for PASSWORD_RESET_TIMEOUT seconds."""
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return settings.PUBLIC_URL + reverse("account_reset_password_from_key", kwargs=key)
