"""An account that its person asked to delete, with time to change their mind."""

from django.db import models
from django.utils import timezone

from accounts.models.user import User


class AccountDeletion(models.Model):
    """What is due, and whether the messages go, too."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(db_index=True)
    deletes_messages = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"deletion of {self.user_id}"
