"""Who has left a room by themselves: nobody brings them back unasked."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Departure(models.Model):
    """One person's leaving of one room, until they join it again by themselves."""

    class State(models.TextChoices):
        LEFT = "left"
        ASKED = "asked"
        DECLINED = "declined"

    room = models.ForeignKey("chat.Room", models.CASCADE, related_name="+", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.LEFT)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "user"], name="one_departure_per_room")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.state} {self.room_id}"
