"""Who did what to whom, where and why. Rows are added and never changed: the database itself refuses (see the migration)."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy


class ModerationLog(models.Model):
    """One act of moderation. Nothing here refers to a row that must exist: the log outlives whom and what it names."""

    class Action(models.TextChoices):
        MUTE = "mute", gettext_lazy("muted")
        UNMUTE = "unmute", gettext_lazy("unmuted")
        KICK = "kick", gettext_lazy("removed from the room")
        BAN = "ban", gettext_lazy("banned")
        UNBAN = "unban", gettext_lazy("unbanned")
        DELETE = "delete", gettext_lazy("deleted a message")
        RESTORE = "restore", gettext_lazy("restored a message")
        READ = "read", gettext_lazy("read a message that its author deleted")
        PURGE = "purge", gettext_lazy("purged messages")
        UNPURGE = "unpurge", gettext_lazy("restored purged messages")
        ROLE = "role", gettext_lazy("changed a role")
        HAND_OVER = "hand_over", gettext_lazy("transferred ownership")
        UPDATE = "update", gettext_lazy("changed the room")
        ADD = "add", gettext_lazy("added to the room")
        CLAIM = "claim", gettext_lazy("claimed a report")
        RELEASE = "release", gettext_lazy("unclaimed a report")
        RESOLVE = "resolve", gettext_lazy("resolved a report")
        INVITATION = "invitation", gettext_lazy("created an invitation link")
        REVOKE = "revoke", gettext_lazy("revoked an invitation link")
        ACCEPT = "accept", gettext_lazy("accepted a join request")
        DECLINE = "decline", gettext_lazy("declined a join request")
        WORDS = "words", gettext_lazy("changed a word list")
        SETTINGS = "settings", gettext_lazy("changed the server's settings")

    at = models.DateTimeField(gettext_lazy("at"), default=timezone.now, db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        verbose_name=gettext_lazy("by"),
        null=True,
        db_constraint=False,
        related_name="+",
        help_text=gettext_lazy("Empty: Parley."),
    )
    action = models.CharField(gettext_lazy("action"), max_length=12, choices=Action.choices)
    room = models.ForeignKey(
        "chat.Room",
        models.DO_NOTHING,
        verbose_name=gettext_lazy("room"),
        null=True,
        db_constraint=False,
        related_name="+",
        help_text=gettext_lazy("Leave empty for the whole site."),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        verbose_name=gettext_lazy("person"),
        null=True,
        db_constraint=False,
        related_name="+",
        help_text=gettext_lazy("The person."),
    )
    seq = models.PositiveBigIntegerField(gettext_lazy("number"), null=True, help_text=gettext_lazy("The message."))
    reason = models.CharField(gettext_lazy("reason"), max_length=500, blank=True)
    text_before = models.TextField(gettext_lazy("text before"), blank=True)
    details = models.JSONField(
        gettext_lazy("details"),
        default=dict,
        help_text=gettext_lazy("Details: the end, the messages, the old and the new value."),
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name = gettext_lazy("action")
        verbose_name_plural = gettext_lazy("moderation log")
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["room", "-id"], name="log_of_room"),
            models.Index(fields=["user", "-id"], name="log_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"
