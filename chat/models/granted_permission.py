"""What the group Moderators was given once."""

from django.db import models


class GrantedPermission(models.Model):
    """A permission that was given to the group once: the owner may have taken it away since, and it is not given again."""

    name = models.CharField(max_length=200, primary_key=True, help_text="app_label.codename")

    class Meta:
        default_permissions = ()
