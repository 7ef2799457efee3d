"""Which account a confirmed email belongs to. Nothing here tells strangers that it has one."""

from allauth.account.models import EmailAddress
from django.db.models import F

from accounts.models import User


def is_of_another(address: EmailAddress) -> bool:
    """Tell whether somebody else logs in with this email."""
    return User.objects.filter(email__iexact=address.email).exclude(pk=address.user_id).exists()


def drop_pending(email: str) -> None:
    """Let a new account have an email that others only asked to change to: else they could keep its owner out."""
    EmailAddress.objects.filter(email__iexact=email, verified=False).exclude(email__iexact=F("user__email")).delete()
