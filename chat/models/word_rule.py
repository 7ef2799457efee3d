"""Words and links that are not welcome."""

from django.db import models
from django.db.models import Q


class WordRule(models.Model):
    """A word or phrase, or a site that links lead to, and what happens to messages that hold it."""

    class Kind(models.TextChoices):
        WORD = "word", "a word or phrase"
        LINK = "link", "links to a site"

    class Effect(models.TextChoices):
        REFUSE = "refuse", "refuse: it is not sent"
        HOLD = "hold", "hold: not sent before a moderator agrees"
        FLAG = "flag", "flag: sent, and reported to moderators"

    room = models.ForeignKey(
        "chat.Room", models.CASCADE, null=True, blank=True, related_name="word_rules", help_text="Empty: in all rooms."
    )
    kind = models.CharField(max_length=4, choices=Kind.choices, default=Kind.WORD)
    pattern = models.CharField(max_length=100, help_text="A word or phrase, * for any letters; or a site, as in example.com.")
    effect = models.CharField(max_length=6, choices=Effect.choices, default=Effect.REFUSE)

    class Meta:
        ordering = ["pattern"]
        constraints = [
            models.UniqueConstraint(fields=["room", "kind", "pattern"], name="one_rule_per_pattern_and_room"),
            models.UniqueConstraint(fields=["kind", "pattern"], condition=Q(room=None), name="one_rule_per_pattern_everywhere"),
        ]

    def __str__(self) -> str:
        return f"{self.effect} {self.pattern}"
