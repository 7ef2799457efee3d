"""How far a rebuild of the search index has come, so that one that was stopped goes on from there."""

from django.db import models


class SearchRebuild(models.Model):
    """At most one row. Messages up to `position` are indexed; those up to `end` are not yet; newer ones always are."""

    position = models.PositiveBigIntegerField(default=0, help_text="The id of the message indexed last.")
    end = models.PositiveBigIntegerField(help_text="The id of the newest message when the rebuild began.")
