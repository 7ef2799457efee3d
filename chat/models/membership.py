"""Who is in which room, and as what."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Membership(models.Model):
    """One person in one room."""

    class Role(models.TextChoices):
        OWNER = "owner", "owner"
        MODERATOR = "moderator", "moderator"
        MEMBER = "member", "member"

    room = models.ForeignKey("chat.Room", models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=9, choices=Role.choices, default=Role.MEMBER)
    last_read = models.PositiveBigIntegerField(
        null=True, editable=False, help_text="The live read marker, a few seconds late: what is left of it if Redis loses it."
    )
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "user"], name="one_membership_per_room")]

    def __str__(self) -> str:
        return f"{self.user} in {self.room}"
