"""A handle that somebody tried to sign up with, under an email that has an account."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

RESERVED_FOR = timedelta(days=3)


class ReservedHandleManager(models.Manager["ReservedHandle"]):
    """Keeps handles for a while."""

    def reserve(self, handle: str) -> None:
        """Keep a handle as a sign-up would have: that it stays free would tell that the email has an account."""
        self.update_or_create(handle=handle, defaults={"until": timezone.now() + RESERVED_FOR})

    def holds(self, handle: str) -> bool:
        """Tell whether the handle is kept now."""
        return self.filter(handle=handle, until__gt=timezone.now()).exists()

    def drop_expired(self) -> int:
        """Delete what is kept no longer; return how many."""
        return self.filter(until__lte=timezone.now()).delete()[0]


class ReservedHandle(models.Model):
    """One such handle, and until when nobody else can have it."""

    handle = models.CharField(max_length=30, unique=True)
    until = models.DateTimeField(db_index=True)

    objects = ReservedHandleManager()

    def __str__(self) -> str:
        return self.handle
