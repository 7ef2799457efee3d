"""Authors as their messages show them: stored once, and not in each message."""

from django.db import models


class Byline(models.Model):
    """The handle and name that somebody's messages were sent with. They outlive the account, as the messages do.

    To change what old messages show of their author, change these; an author has as many as they have had names.
    """

    author = models.PositiveBigIntegerField(db_index=True, help_text="The id of the author's account.")
    handle = models.TextField()
    name = models.TextField()
