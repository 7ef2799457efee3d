"""A room as the record knows it; its messages and its live state are in Redis."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import connection, models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.skeleton import SKELETON_MAX_CHARS, skeleton
from chat.entities import RoomFacts, RoomId
from chat.models.membership import Membership
from chat.models.sanction import Sanction

NAME_MAX_CHARS = 60
TOPIC_MAX_CHARS = 250
# More than a name has: some letters, such as İ, are two when they are small.
SLUG_MAX_CHARS = 70
SLOW_MODE_MAX_SECONDS = 6 * 60 * 60


class RoomQuerySet(models.QuerySet["Room"]):
    """Rooms as one person may see them."""

    def visible_to(self, user_id: int) -> "RoomQuerySet":
        """Public rooms and those the person is in: one query, so that a private room and none take the same time."""
        mine = Membership.objects.filter(room=OuterRef("pk"), user=user_id)
        return self.annotate(is_mine=Exists(mine)).filter(Q(kind=Room.Kind.PUBLIC) | Q(is_mine=True))

    def doors_for(self, user_id: int) -> "RoomQuerySet":
        """Private rooms that take requests and that the person is not in: their names may be seen, and nothing else."""
        takes_requests = self.filter(kind=Room.Kind.PRIVATE, takes_requests=True).exclude(state=Room.State.ARCHIVED)
        return takes_requests.exclude(memberships__user=user_id)

    def readable_by(self, user_id: int) -> "RoomQuerySet":
        """What the person can read, or could by joining: not what they are banned from."""
        bans = Sanction.objects.in_force().filter(Q(room=OuterRef("pk")) | Q(room=None), kind=Sanction.Kind.BAN, user=user_id)
        return self.visible_to(user_id).exclude(Exists(bans))

    def every_id(self) -> list[RoomId]:
        """Return the keys of all rooms; by plain SQL, since the archiver asks every second."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM chat_room ORDER BY id")
            return [room_id for (room_id,) in cursor.fetchall()]


class Room(models.Model):
    """A place to talk. `version` grows with every change of its facts or members, so that a late projection is known."""

    class Kind(models.TextChoices):
        PUBLIC = "public", gettext_lazy("public")
        PRIVATE = "private", gettext_lazy("private")
        DIRECT = "direct", gettext_lazy("direct")

    class State(models.TextChoices):
        OPEN = "open", gettext_lazy("open")
        ANNOUNCEMENT = "announcement", gettext_lazy("announcement: only moderators write")
        LOCKED = "locked", gettext_lazy("locked: nobody writes for now")
        ARCHIVED = "archived", gettext_lazy("archived: closed for good, can be read")

    name = models.CharField(
        gettext_lazy("name"), max_length=NAME_MAX_CHARS, blank=True, help_text=gettext_lazy("Empty for direct rooms.")
    )
    # How the name looks: what new names are compared with.
    name_skeleton = models.CharField(max_length=SKELETON_MAX_CHARS, default="", editable=False, db_index=True)
    slug = models.SlugField(gettext_lazy("address part"), max_length=SLUG_MAX_CHARS, unique=True, allow_unicode=True)
    kind = models.CharField(gettext_lazy("kind"), max_length=7, choices=Kind.choices, default=Kind.PUBLIC)
    topic = models.CharField(gettext_lazy("topic"), max_length=TOPIC_MAX_CHARS, blank=True)
    state = models.CharField(gettext_lazy("state"), max_length=12, choices=State.choices, default=State.OPEN)
    slow_mode = models.PositiveIntegerField(
        gettext_lazy("slow mode"),
        default=0,
        validators=[MaxValueValidator(SLOW_MODE_MAX_SECONDS)],
        help_text=gettext_lazy("Seconds between two messages of one member."),
    )
    newcomers_join = models.BooleanField(
        gettext_lazy("newcomers join"), default=False, help_text=gettext_lazy("Everyone who signs up is put into this room.")
    )
    takes_requests = models.BooleanField(
        gettext_lazy("takes requests"),
        default=False,
        help_text=gettext_lazy("Private rooms: everyone finds the name in the directory and may ask to be let in."),
    )
    direct_key = models.CharField(max_length=250, unique=True, null=True, editable=False)
    version = models.PositiveBigIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(gettext_lazy("created"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=gettext_lazy("created by"),
        null=True,
        editable=False,
        related_name="+",
    )

    objects = RoomQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("room")
        verbose_name_plural = gettext_lazy("rooms")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name or self.slug

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Save, with the skeleton of the name as it is now."""
        self.name_skeleton = skeleton(self.name)
        if update_fields is not None:
            update_fields = {*update_fields, "name_skeleton"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def facts(self) -> RoomFacts:
        """What the live state shows of it."""
        return RoomFacts(self.pk, self.slug, self.name, self.kind, self.topic, self.state, self.slow_mode)  # type: ignore[arg-type]
