"""What people want moderators to look at."""

from django.conf import settings
from django.db import models
from django.db.models import Case, IntegerField, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy

# People wait for an answer, authors of held messages for their message; what the word list flagged is there to see already.
URGENCY = Case(
    When(source="person", then=Value(0)), When(source="held", then=Value(1)), default=Value(2), output_field=IntegerField()
)


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports in the order in which they should be looked at."""

    def most_urgent_first(self) -> "ReportQuerySet":
        """Return people's reports before those of the word list, the newest of each first; `urgency` is the part of a place."""
        return self.annotate(urgency=URGENCY).order_by("urgency", "-pk")

    def newest_first(self) -> "ReportQuerySet":
        """Return them by their number alone."""
        return self.annotate(urgency=Value(0, IntegerField())).order_by("urgency", "-pk")

    def after(self, urgency: int, pk: int) -> "ReportQuerySet":
        """Return what follows this place in either order."""
        return self.filter(Q(urgency__gt=urgency) | Q(urgency=urgency, pk__lt=pk))


class Report(models.Model):
    """A message as it stood when somebody reported it, or when the word list did, and what became of it."""

    class State(models.TextChoices):
        OPEN = "open", gettext_lazy("open")
        CLAIMED = "claimed", gettext_lazy("claimed")
        RESOLVED = "resolved", gettext_lazy("resolved")

    class Source(models.TextChoices):
        PERSON = "person", gettext_lazy("a person")
        FLAGGED = "flagged", gettext_lazy("the word list: sent, and flagged")
        HELD = "held", gettext_lazy("the word list: a moderator has to approve it")

    UNRESOLVED = (State.OPEN, State.CLAIMED)

    room = models.ForeignKey("chat.Room", models.CASCADE, verbose_name=gettext_lazy("room"), related_name="reports")
    seq = models.PositiveBigIntegerField(
        gettext_lazy("number"), null=True, help_text=gettext_lazy("Empty while the message waits for approval.")
    )
    source = models.CharField(gettext_lazy("source"), max_length=7, choices=Source.choices, default=Source.PERSON)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=gettext_lazy("reporter"),
        null=True,
        blank=True,
        related_name="+",
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=gettext_lazy("author"), null=True, related_name="+"
    )
    reason = models.CharField(gettext_lazy("reason"), max_length=500)
    room_then = models.JSONField(
        default=dict,
        editable=False,
        help_text="The room's facts when somebody reported: what they still see once they are out.",
    )
    snapshot = models.JSONField(gettext_lazy("snapshot"), help_text=gettext_lazy("The message at the time."))
    count = models.PositiveIntegerField(
        gettext_lazy("hits"),
        default=1,
        help_text=gettext_lazy("How many messages of this author the rule has flagged; the newest one is shown."),
    )
    state = models.CharField(gettext_lazy("state"), max_length=8, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField(gettext_lazy("created"), default=timezone.now)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=gettext_lazy("claimed by"),
        null=True,
        blank=True,
        related_name="+",
    )
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=gettext_lazy("resolved by"),
        null=True,
        blank=True,
        related_name="+",
    )
    resolved_at = models.DateTimeField(gettext_lazy("resolved"), null=True, blank=True)
    outcome = models.CharField(
        gettext_lazy("outcome"), max_length=200, blank=True, help_text=gettext_lazy("What was done about it.")
    )
    answer = models.CharField(
        gettext_lazy("answer"), max_length=500, blank=True, help_text=gettext_lazy("The answer that the reporter sees.")
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("report")
        verbose_name_plural = gettext_lazy("reports")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["room", "state"], name="reports_of_room")]
        constraints = [
            models.UniqueConstraint(
                fields=["room", "seq", "reporter"],
                condition=Q(state__in=["open", "claimed"], source="person"),
                name="one_open_report_per_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} report {self.pk}"
