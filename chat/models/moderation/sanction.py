"""Who may not write, or not come in: for how long, and why."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.conf import settings
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from chat.domain.types import LiveSanction, UserId
from chat.models.rooms.membership import Membership

REASON_MAX_CHARS = 200

_EVER_BANNED = """
    SELECT user_id FROM chat_sanction WHERE user_id IN ({}) AND kind = 'ban' AND room_id IS NULL AND lifted_at IS NULL
"""


class SanctionQuerySet(models.QuerySet["Sanction"]):
    """Sanctions by what they are worth now."""

    def in_force(self) -> "SanctionQuerySet":
        """Neither lifted nor over."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=timezone.now()), lifted_at=None)

    def here(self, room_id: int) -> "SanctionQuerySet":
        """Those that hold in a room: its own, and the site's."""
        return self.filter(Q(room=room_id) | Q(room=None))

    def of_room(self, room_id: int) -> "SanctionQuerySet":
        """Those that the live room has to know: its own, and the site's of its members."""
        # By a question of its own: a join would tell a sanction once for each room that the person is in.
        members = Membership.objects.filter(room=room_id)
        return self.filter(Q(room=room_id) | Q(room=None, user__in=members.values("user")))

    def ever_banned_from_site(self, user_ids: Collection[UserId]) -> set[UserId]:
        """Return who of these has a ban from the site that nobody lifted, be it over or not.

        By plain SQL: everybody who connects waits for it, and it is hardly ever anyone.
        """
        if not user_ids:
            return set()
        with connection.cursor() as cursor:
            cursor.execute(_EVER_BANNED.format(", ".join(["%s"] * len(user_ids))), list(user_ids))
            return {user_id for (user_id,) in cursor.fetchall()}

    def by_person(self) -> dict[UserId, list[LiveSanction]]:
        """Return what holds for each person."""
        found: dict[UserId, list[LiveSanction]] = {}
        for sanction in self.order_by("pk"):
            found.setdefault(sanction.user_id, []).append(sanction.live())
        return {user_id: strongest(sanctions) for user_id, sanctions in found.items()}


class Sanction(models.Model):
    """A mute or a ban, in one room or, without a room, on the whole site. It ends by itself, or is lifted."""

    class Kind(models.TextChoices):
        MUTE = "mute", gettext_lazy("mute")
        BAN = "ban", gettext_lazy("ban")

    kind = models.CharField(gettext_lazy("kind"), max_length=4, choices=Kind.choices)
    room = models.ForeignKey(
        "chat.Room",
        models.CASCADE,
        verbose_name=gettext_lazy("room"),
        null=True,
        blank=True,
        related_name="sanctions",
        help_text=gettext_lazy("Leave empty for the whole site."),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=gettext_lazy("person"), related_name="sanctions"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=gettext_lazy("by"), null=True, related_name="+"
    )
    reason = models.CharField(gettext_lazy("reason"), max_length=REASON_MAX_CHARS)
    starts_at = models.DateTimeField(gettext_lazy("begins"), default=timezone.now)
    ends_at = models.DateTimeField(
        gettext_lazy("ends"), null=True, blank=True, help_text=gettext_lazy("Leave empty for a permanent one.")
    )
    lifted_at = models.DateTimeField(gettext_lazy("lifted"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=gettext_lazy("lifted by"),
        null=True,
        blank=True,
        related_name="+",
    )

    objects = SanctionQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("sanction")
        verbose_name_plural = gettext_lazy("sanctions")
        ordering = ["-starts_at", "-pk"]
        indexes = [models.Index(fields=["user", "lifted_at"], name="sanction_of_person")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.user} {f'in {self.room}' if self.room_id else 'on the site'}"

    @property
    def is_in_force(self) -> bool:
        """Whether it holds now."""
        return self.lifted_at is None and (self.ends_at is None or self.ends_at > timezone.now())

    def live(self) -> LiveSanction:
        """What the live state knows of it."""
        return LiveSanction(self.kind, _ms(self.ends_at), self.reason)  # type: ignore[arg-type]  # the choices are the entity's


def strongest(sanctions: Iterable[LiveSanction]) -> list[LiveSanction]:
    """Return at most one ban and one mute: of each kind the one that ends last."""
    last: dict[str, LiveSanction] = {}
    for sanction in sanctions:
        known = last.get(sanction.kind)
        if known is None or (known.until is not None and (sanction.until is None or sanction.until > known.until)):
            last[sanction.kind] = sanction
    return [last[kind] for kind in ("ban", "mute") if kind in last]


def _ms(moment: datetime | None) -> int | None:
    return None if moment is None else round(moment.timestamp() * 1000)
