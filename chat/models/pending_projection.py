"""What the record has decided and Redis may not know yet."""

from django.conf import settings
from django.db import models


class PendingProjection(models.Model):
    """A change written beside its cause, in the same transaction, and deleted once Redis has it.

    Without it a crash between the commit and the projection would leave a removed member writing until the next start.
    """

    room = models.ForeignKey("chat.Room", models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", help_text="None: the room's own facts."
    )
    reason = models.CharField(max_length=250, blank=True, help_text="What a removed person is told.")
    created_at = models.DateTimeField(auto_now_add=True)
