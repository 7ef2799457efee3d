"""Who asks to be let into a private room."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy


class JoinRequest(models.Model):
    """Somebody at the door of a room that takes requests, and what they were told."""

    class State(models.TextChoices):
        OPEN = "open", gettext_lazy("open")
        ACCEPTED = "accepted", gettext_lazy("accepted")
        DECLINED = "declined", gettext_lazy("declined")

    room = models.ForeignKey("chat.Room", models.CASCADE, verbose_name=gettext_lazy("room"), related_name="join_requests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=gettext_lazy("person"), related_name="+")
    words = models.CharField(
        gettext_lazy("words"), max_length=200, blank=True, help_text=gettext_lazy("Why they would like to join.")
    )
    # The room can have another name when it is answered, which only its members know.
    room_name = models.CharField(max_length=60, blank=True, editable=False)
    answer = models.CharField(
        gettext_lazy("answer"), max_length=200, blank=True, help_text=gettext_lazy("The answer that they received.")
    )
    state = models.CharField(gettext_lazy("state"), max_length=8, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField(gettext_lazy("created"), default=timezone.now)
    answered_at = models.DateTimeField(gettext_lazy("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=gettext_lazy("answered by"),
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = gettext_lazy("join request")
        verbose_name_plural = gettext_lazy("join requests")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["room", "user"], condition=Q(state="open"), name="one_open_request_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.user} asks to join {self.room}"
