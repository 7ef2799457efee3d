"""How far each room is archived: written in the same transaction as the messages, so that it is never wrong."""

from django.db import models


class ArchiveState(models.Model):
    """Every message up to `seq` and every amendment up to `rev` is in the archive.

    Recovery changes the `fence` before it reads: what an archiver took from Redis before that is then refused, since Redis
    may have lost it and numbered something else alike.
    """

    room = models.OneToOneField("chat.Room", models.CASCADE, primary_key=True, related_name="+")
    seq = models.PositiveBigIntegerField(default=0)
    rev = models.PositiveBigIntegerField(default=0)
    epoch = models.CharField(max_length=32, blank=True, help_text="The epoch that was archived last.")
    fence = models.CharField(max_length=32, blank=True)


class ArchivedEpoch(models.Model):
    """How far an epoch is known to have come: a client of that epoch may go on from there, even after Redis lost all."""

    room = models.ForeignKey("chat.Room", models.CASCADE, related_name="+", db_index=False)
    epoch = models.CharField(max_length=32)
    seq = models.PositiveBigIntegerField()
    rev = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "epoch"], name="one_end_per_epoch")]
