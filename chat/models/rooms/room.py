"""A room as the record knows it; its messages and its live state are in Redis."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import connection, models
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.names.skeleton import SKELETON_MAX_CHARS, skeleton
from chat.domain.text import fold
from chat.domain.types import RoomFacts, RoomId
from chat.models.moderation.sanction import Sanction
from chat.models.rooms.membership import Membership

NAME_MAX_CHARS = 60
TOPIC_MAX_CHARS = 250
# More than a name has: some letters, such as İ, are two when they are small.
SLUG_MAX_CHARS = 70
# Some letters are many when they are folded: enough to find a name or a topic by.
FOLDED_MAX_CHARS = 500
SLOW_MODE_MAX_SECONDS = 6 * 60 * 60


class RoomQuerySet(models.QuerySet["Room"]):
    """Rooms as one person may see them."""

    def visible_to(self, user_id: int) -> "RoomQuerySet":
        """Public rooms and those the person is in: one query, so that a private room and none take the same time."""
        mine = Membership.objects.filter(room=OuterRef("pk"), user=user_id)
        return self.annotate(is_mine=Exists(mine)).filter(Q(kind=Room.Kind.PUBLIC) | Q(is_mine=True))

    def readable_by(self, user_id: int) -> "RoomQuerySet":
        """What the person can read, or could by joining: not what they are banned from."""
        return self.visible_to(user_id)._without_bans(user_id)

    def listed_for(self, user_id: int) -> "RoomQuerySet":
        """What the directory lists: rooms that the person can read, and private ones that take their request (`is_door`).

        Of the latter nothing but the name can be seen. Direct rooms are conversations, and not listed.
        """
        mine = Membership.objects.filter(room=OuterRef("pk"), user=user_id)
        is_door = Q(kind=Room.Kind.PRIVATE, is_mine=False)
        takes_request = is_door & Q(takes_requests=True) & ~Q(state=Room.State.ARCHIVED)
        rooms = self.exclude(kind=Room.Kind.DIRECT).annotate(is_mine=Exists(mine))
        listed = rooms.filter(Q(kind=Room.Kind.PUBLIC) | Q(is_mine=True) | takes_request)
        return listed.annotate(is_door=ExpressionWrapper(is_door, BooleanField()))._without_bans(user_id)

    def with_words(self, words: Iterable[str]) -> "RoomQuerySet":
        """Those of `listed_for` that have each folded word in the name, or in a topic that the person can see."""
        found = self
        for word in words:
            found = found.filter(Q(folded_name__contains=word) | Q(is_door=False, folded_topic__contains=word))
        return found

    def _without_bans(self, user_id: int) -> "RoomQuerySet":
        bans = Sanction.objects.in_force().filter(Q(room=OuterRef("pk")) | Q(room=None), kind=Sanction.Kind.BAN, user=user_id)
        return self.exclude(Exists(bans))

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
        LOCKED = "locked", gettext_lazy("locked: only moderators write for now")
        ARCHIVED = "archived", gettext_lazy("archived: nobody writes, can be read")

    name = models.CharField(
        gettext_lazy("name"), max_length=NAME_MAX_CHARS, blank=True, help_text=gettext_lazy("Empty for direct rooms.")
    )
    # How the name looks: what new names are compared with.
    name_skeleton = models.CharField(max_length=SKELETON_MAX_CHARS, default="", editable=False, db_index=True)
    # What the directory looks for words in.
    folded_name = models.CharField(max_length=FOLDED_MAX_CHARS, default="", editable=False)
    folded_topic = models.CharField(max_length=FOLDED_MAX_CHARS, default="", editable=False)
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
        gettext_lazy("new accounts join"), default=False, help_text=gettext_lazy("New accounts join this room automatically.")
    )
    takes_requests = models.BooleanField(
        gettext_lazy("accepts requests"),
        default=False,
        help_text=gettext_lazy("Private rooms: everyone can find the name in the directory and request to join."),
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
        """Save, with what is derived from the name and the topic as they are now."""
        self.name_skeleton = skeleton(self.name)
        self.folded_name = fold(self.name, FOLDED_MAX_CHARS)
        self.folded_topic = fold(self.topic, FOLDED_MAX_CHARS)
        if update_fields is not None:
            update_fields = {*update_fields, "name_skeleton", "folded_name", "folded_topic"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def facts(self) -> RoomFacts:
        """What the live state shows of it."""
        return RoomFacts(self.pk, self.slug, self.name, self.kind, self.topic, self.state, self.slow_mode)  # type: ignore[arg-type]
