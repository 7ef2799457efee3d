"""Signing up by invitation: a link is remembered in the browser's session, and used when an account is made."""

from datetime import datetime

from django.conf import settings
from django.dispatch import Signal
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import Invitation, User

# Sent with user and invitation, in the transaction in which a link is made or revoked.
invitation_made = Signal()
invitation_revoked = Signal()

_KEY = "invitation"


def make_invitation(by: User, most_uses: int | None, ends_at: datetime | None) -> tuple[Invitation, str]:
    """Return a new invitation and its link, which nobody can be told again. Inside the caller's transaction."""
    invitation = Invitation(by=by, most_uses=most_uses, ends_at=ends_at)
    token = invitation.give_token()
    invitation.save()
    invitation_made.send(sender=Invitation, user=by, invitation=invitation)
    return invitation, f"{settings.PUBLIC_URL}/accounts/invited/{token}/"


def revoke_invitation(by: User, invitation: Invitation) -> bool:
    """Take a link back; False where it was before. Inside the caller's transaction."""
    if not Invitation.objects.filter(pk=invitation.pk, revoked_at=None).update(revoked_at=timezone.now()):
        return False
    invitation_revoked.send(sender=Invitation, user=by, invitation=invitation)
    return True


def remember(request: HttpRequest, token: str) -> bool:
    """Let the holder of a good link see the form; False if the link is not good."""
    if not Invitation.objects.good().by_token(token).exists():
        return False
    request.session[_KEY] = token
    return True


def is_invited(request: HttpRequest) -> bool:
    """Whether the browser came by a link that is still good."""
    return Invitation.objects.good().by_token(_token(request)).exists()


def claim(request: HttpRequest) -> bool:
    """Use the link once; False where there is no good one."""
    return Invitation.objects.claim(_token(request))


def give_back(request: HttpRequest) -> None:
    """No account was made after all."""
    Invitation.objects.give_back(_token(request))


def _token(request: HttpRequest) -> str:
    """What the browser came with; "", which is no link's, for nothing."""
    return str(request.session.get(_KEY, ""))
