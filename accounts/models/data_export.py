"""A person's export of their own data: asked for on a page, written by the server, fetched within some days.

Its content is in the database, since the process that writes it need not be the one that is asked for it.
"""

from django.db import models
from django.utils import timezone

from accounts.models.user import User


class DataExport(models.Model):
    """One export a person. It is being written once it has `began_at`, and complete with `finished_at`; `size` in bytes."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    began_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True, db_index=True)
    size = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"export of {self.user_id}"


class DataExportPart(models.Model):
    """A piece of the zip."""

    export = models.ForeignKey(DataExport, models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["export", "number"], name="one_part_per_number")]

    def __str__(self) -> str:
        return f"part {self.number} of {self.export_id}"
