"""Words and links that are not welcome."""

import msgspec
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from chat.domain.word_filter import Rule


class WordRuleQuerySet(models.QuerySet["WordRule"]):
    """Rules by where they hold."""

    def of_room(self, room_id: int) -> bytes:
        """Return what holds in a room, its own rules and the site's, as the live state's JSON; b"" for none."""
        rows = self.filter(Q(room=room_id) | Q(room=None)).order_by("kind", "pattern", "effect")
        rules = [Rule(*row) for row in rows.values_list("kind", "pattern", "effect")]  # type: ignore[arg-type]  # the choices are its
        return msgspec.json.encode(rules) if rules else b""


class WordRule(models.Model):
    """A word or phrase, or a site that links lead to, and what happens to messages that hold it."""

    class Kind(models.TextChoices):
        WORD = "word", gettext_lazy("a word or phrase")
        LINK = "link", gettext_lazy("links to a site")

    class Effect(models.TextChoices):
        REFUSE = "refuse", gettext_lazy("reject: it is not sent")
        HOLD = "hold", gettext_lazy("hold: a moderator has to approve it")
        FLAG = "flag", gettext_lazy("flag: sent, and reported to moderators")

    room = models.ForeignKey(
        "chat.Room",
        models.CASCADE,
        verbose_name=gettext_lazy("room"),
        null=True,
        blank=True,
        related_name="word_rules",
        help_text=gettext_lazy("Leave empty for all rooms."),
    )
    kind = models.CharField(gettext_lazy("kind"), max_length=4, choices=Kind.choices, default=Kind.WORD)
    pattern = models.CharField(
        gettext_lazy("pattern"),
        max_length=100,
        help_text=gettext_lazy("A word or phrase, * for any letters; or a site such as example.com."),
    )
    effect = models.CharField(gettext_lazy("effect"), max_length=6, choices=Effect.choices, default=Effect.REFUSE)

    objects = WordRuleQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("word rule")
        verbose_name_plural = gettext_lazy("word rules")
        ordering = ["pattern"]
        constraints = [
            models.UniqueConstraint(fields=["room", "kind", "pattern"], name="one_rule_per_pattern_and_room"),
            models.UniqueConstraint(fields=["kind", "pattern"], condition=Q(room=None), name="one_rule_per_pattern_everywhere"),
        ]

    def __str__(self) -> str:
        return f"{self.effect} {self.pattern}"
