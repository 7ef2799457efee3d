"""Invitations: links that let their holders in, so many times and until then."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from secrets import token_hex
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy

TOKEN_BYTES = 16
SALT = "chat.invitation"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by what they are worth now."""

    def good(self) -> Self:
        """Neither revoked, nor used up, nor expired."""
        has_uses = Q(most_uses=None) | Q(uses__lt=F("most_uses"))
        return self.filter(has_uses, Q(ends_at=None) | Q(ends_at__gt=timezone.now()), revoked_at=None)

    def by_token(self, token: str) -> Self:
        """The invitation that this token belongs to, if there is one."""
        return self.filter(token_hash=hash_of_token(token))

    def claim(self, token: str) -> bool:
        """Use the link once; False if it is no longer good. Of two at once for the last use, one gets it."""
        return bool(self.good().by_token(token).update(uses=F("uses") + 1))

    def give_back(self, token: str) -> None:
        """Undo a use that came to nothing."""
        self.by_token(token).filter(uses__gt=0).update(uses=F("uses") - 1)


class Invitation(models.Model):
    """A link into a room, or (no room) to the server.

    The secret is computed from `seed` and SECRET_KEY: its maker can be shown the link again, and whoever reads the record
    alone is not invited by that.
    """

    room = models.ForeignKey(
        "chat.Room",
        models.CASCADE,
        verbose_name=gettext_lazy("room"),
        related_name="invitations",
        null=True,
        blank=True,
        help_text=gettext_lazy("Leave empty for the rooms that new accounts join automatically."),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=gettext_lazy("by"), null=True, related_name="+"
    )
    # Empty for links from before it was kept: those cannot be shown again.
    seed = models.CharField(max_length=32, default="", blank=True, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    uses = models.PositiveIntegerField(gettext_lazy("uses"), default=0)
    most_uses = models.PositiveIntegerField(
        gettext_lazy("maximum uses"), null=True, blank=True, help_text=gettext_lazy("Leave empty for no limit.")
    )
    created_at = models.DateTimeField(gettext_lazy("created"), default=timezone.now)
    ends_at = models.DateTimeField(
        gettext_lazy("ends"), null=True, blank=True, help_text=gettext_lazy("Leave empty if it never expires.")
    )
    revoked_at = models.DateTimeField(gettext_lazy("revoked"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"invitation to {self.room}" if self.room_id else "invitation to the server"

    def give_token(self) -> None:
        """Give a new link its secret; only a seed and a hash of it are kept."""
        self.seed = token_hex(TOKEN_BYTES)
        self.token_hash = hash_of_token(_token(self.seed, settings.SECRET_KEY))

    def link(self) -> str | None:
        """Return the address; None if nobody can compute it any more: an old link, or one of a replaced secret key."""
        for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS) if self.seed else ():
            token = _token(self.seed, key)
            if hash_of_token(token) == self.token_hash:
                return f"{settings.PUBLIC_URL}/invited/{token}/"
        return None


def hash_of_token(token: str) -> str:
    """Return what is kept of a token."""
    return sha256(token.encode()).hexdigest()


def _token(seed: str, key: str) -> str:
    digest = salted_hmac(SALT, seed, secret=key, algorithm="sha256").digest()
    return urlsafe_b64encode(digest[:TOKEN_BYTES]).decode().rstrip("=")
