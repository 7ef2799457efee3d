"""Links that let whoever holds them in, so many times and until then."""

from hashlib import sha256
from secrets import token_urlsafe
from typing import Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

TOKEN_BYTES = 16


Link = TypeVar("Link", bound="InvitationLink", covariant=True)


class InvitationLinkQuerySet(models.QuerySet[Link]):
    """Links by what they are worth now."""

    def good(self) -> Self:
        """Neither revoked, nor used up, nor over."""
        has_uses = Q(most_uses=None) | Q(uses__lt=F("most_uses"))
        return self.filter(has_uses, Q(ends_at=None) | Q(ends_at__gt=timezone.now()), revoked_at=None)

    def by_token(self, token: str) -> Self:
        """The link that this token is of, if there is one."""
        return self.filter(token_hash=hash_of_token(token))

    def claim(self, token: str) -> bool:
        """Use the link once; False if it is good no more, or never was. Two who come at once use it twice, or one does not."""
        return bool(self.good().by_token(token).update(uses=F("uses") + 1))

    def give_back(self, token: str) -> None:
        """The use came to nothing."""
        self.by_token(token).filter(uses__gt=0).update(uses=F("uses") - 1)


class InvitationLink(models.Model):
    """The link itself is not kept: who reads the record, or a backup of it, is not invited by that."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=gettext_lazy("by"), null=True, related_name="+"
    )
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

    class Meta:
        abstract = True
        ordering = ["-pk"]

    def give_token(self) -> str:
        """Return a new secret for this link; only its hash is kept."""
        token = token_urlsafe(TOKEN_BYTES)
        self.token_hash = hash_of_token(token)
        return token


def hash_of_token(token: str) -> str:
    """Return what is kept of a token."""
    return sha256(token.encode()).hexdigest()
