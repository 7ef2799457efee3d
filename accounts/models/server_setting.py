"""What the owners decided for the whole server, one row for each setting that they changed."""

from django.db import models


class ServerSetting(models.Model):
    """One setting: its name and value in accounts.server_settings."""

    name = models.CharField(max_length=40, primary_key=True)
    value = models.JSONField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
