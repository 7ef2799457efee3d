"""Links into a room, for whoever holds them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by what they are worth now."""

    def good(self) -> "InvitationQuerySet":
        """Neither revoked, nor used up, nor over."""
        has_uses = Q(most_uses=None) | Q(uses__lt=F("most_uses"))
        return self.filter(has_uses, Q(ends_at=None) | Q(ends_at__gt=timezone.now()), revoked_at=None)


class Invitation(models.Model):
    """A link that puts whoever opens it into a room, so many times and until then. The link itself is not kept."""

    room = models.ForeignKey("chat.Room", models.CASCADE, related_name="invitations")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    uses = models.PositiveIntegerField(default=0)
    most_uses = models.PositiveIntegerField(null=True, blank=True, help_text="Empty: as often as one likes.")
    created_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(null=True, blank=True, help_text="Empty: does not end.")
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"invitation to {self.room}"
