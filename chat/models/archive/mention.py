"""Who is named in which archived message, as it now stands."""

from django.conf import settings
from django.db import models


class Mention(models.Model):
    """One person named in one message, or everyone in the room (`user` None)."""

    room = models.ForeignKey("chat.Room", models.CASCADE, related_name="+", db_index=False)
    seq = models.PositiveBigIntegerField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, db_constraint=False, db_index=False, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(fields=["room", "seq"], name="mention_by_seq"),
            models.Index(fields=["user", "room", "seq"], name="mention_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id or 'everyone'} in {self.room_id}/{self.seq}"
