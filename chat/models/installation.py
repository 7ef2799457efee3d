"""What this installation is known by."""

from secrets import token_hex

from django.db import DatabaseError, connection, models

from chat.models.rooms.room import Room


class InstallationManager(models.Manager["Installation"]):
    """There is one."""

    def this(self) -> "Installation":
        """Return it; it is made at the first start. Any number of processes may ask at once."""
        return self.get_or_create(pk=1, defaults={"identifier": token_hex(8)})[0]

    def identity(self) -> tuple[str, bool]:
        """Return its id, and whether the record has any room; no id before the first migration."""
        try:
            return self.this().identifier, Room.objects.exists()
        except DatabaseError:
            if self.model._meta.db_table in connection.introspection.table_names():
                raise
            return "", False


class Installation(models.Model):
    """The one row says which live state belongs to this record, and with which SECRET_KEY it was last started."""

    identifier = models.CharField(max_length=32)
    key_fingerprint = models.CharField(max_length=64, blank=True)
    # The live state that serves this record, and how often its servers have said that they run.
    live_state = models.CharField(max_length=32, blank=True)
    beat = models.PositiveBigIntegerField(default=0)

    objects = InstallationManager()
