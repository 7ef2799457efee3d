"""Who did what to whom, where and why. Rows are added and never changed: the database itself refuses (see the migration)."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class ModerationLog(models.Model):
    """One act of moderation. Nothing here refers to a row that must exist: the log outlives whom and what it names."""

    class Action(models.TextChoices):
        MUTE = "mute", "muted"
        UNMUTE = "unmute", "unmuted"
        KICK = "kick", "removed from the room"
        BAN = "ban", "banned"
        UNBAN = "unban", "let in again"
        DELETE = "delete", "deleted a message"
        RESTORE = "restore", "restored a message"
        PURGE = "purge", "purged messages"
        UNPURGE = "unpurge", "brought purged messages back"
        ROLE = "role", "changed a role"
        HAND_OVER = "hand_over", "handed the room over"
        UPDATE = "update", "changed the room"
        ADD = "add", "put into the room"
        CLAIM = "claim", "claimed a report"
        RELEASE = "release", "let a report go"
        RESOLVE = "resolve", "resolved a report"
        INVITATION = "invitation", "made an invitation link"
        REVOKE = "revoke", "revoked an invitation link"
        ACCEPT = "accept", "let in who asked"
        DECLINE = "decline", "declined who asked"
        WORDS = "words", "changed a word list"

    at = models.DateTimeField(default=timezone.now, db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        related_name="+",
        help_text="Empty: Parley.",
    )
    action = models.CharField(max_length=12, choices=Action.choices)
    room = models.ForeignKey(
        "chat.Room", models.DO_NOTHING, null=True, db_constraint=False, related_name="+", help_text="Empty: the whole site."
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, db_constraint=False, related_name="+", help_text="Whom."
    )
    seq = models.PositiveBigIntegerField(null=True, help_text="The message.")
    reason = models.CharField(max_length=500, blank=True)
    text_before = models.TextField(blank=True)
    details = models.JSONField(
        default=dict, help_text="What else there is to know: until when, which messages, from what to what."
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name = "act"
        verbose_name_plural = "moderation log"
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["room", "-id"], name="log_of_room"),
            models.Index(fields=["user", "-id"], name="log_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"
