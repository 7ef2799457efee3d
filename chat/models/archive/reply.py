"""Which archived message answers whom: told to them, and never counted."""

from django.conf import settings
from django.db import models


class Reply(models.Model):
    """A message that answers one of `user`; what is replied to never changes."""

    # Not held by the database, nor looked up when messages go: they go with their room, and so does this.
    message = models.OneToOneField(
        "chat.Message", models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="replies_to"
    )
    room = models.ForeignKey("chat.Room", models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, db_constraint=False, db_index=False, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["user", "-message"], name="reply_by_person")]

    def __str__(self) -> str:
        return f"{self.message_id} to {self.user_id}"
