"""A way back in for a person who lost their device and their recovery codes."""

import logging

from allauth.mfa.models import Authenticator

from accounts.models import User

log = logging.getLogger(__name__)


def reset_factors(user: User, by: str) -> bool:
    """Remove a person's second factor, so that the password is enough; False if there was none. `by`: for the log."""
    removed, _ = Authenticator.objects.filter(user=user).delete()
    if removed:
        log.info("Second factor of user %s removed by %s", user.pk, by)
    return bool(removed)


def has_factor(user: User) -> bool:
    """Tell whether a login of this person asks for a code."""
    return Authenticator.objects.filter(user=user).exists()
