"""Whose account is being erased: what is left to do outlives a kill of the process that does it."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Erasure(models.Model):
    """One erased account; its `finished_at` is empty while anything of the person is left."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    deletes_messages = models.BooleanField(help_text="Else messages stay, as those of a deleted account.")
    began_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"erasure of {self.user_id}"
