"""What the record has decided and Redis may not know yet."""

from django.conf import settings
from django.db import connection, models

from chat.domain.types import RoomId


class PendingProjectionQuerySet(models.QuerySet["PendingProjection"]):
    """What waits."""

    def room_ids(self) -> list[RoomId]:
        """Return the rooms for which anything waits; by plain SQL, since each process asks every two seconds."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT room_id FROM chat_pendingprojection")
            return [room_id for (room_id,) in cursor.fetchall()]


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

    objects = PendingProjectionQuerySet.as_manager()
