"""Who is in which room, and as what."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.staff import staff_with
from chat.domain.policy import PERMISSIONS, Act, Rank, may
from chat.domain.types import Member, Notifications, RoomId, UserId

if TYPE_CHECKING:
    from chat.models.rooms.room import Room

_PLACES = "SELECT user_id, room_id FROM chat_membership WHERE user_id IN ({})"


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Who is where."""

    def moderators(self, room: "Room", act: Act) -> set[UserId]:
        """Return everyone who moderates a room: by their role there, or as staff for such acts, where staff may do them."""
        moderating = self.filter(room=room, role__in=[Membership.Role.OWNER, Membership.Role.MODERATOR])
        found = set(moderating.values_list("user_id", flat=True))
        if may(Rank.STAFF, act, room.facts().kind):
            found |= set(staff_with([PERMISSIONS[act]]).values_list("pk", flat=True))
        return found

    def places(self, user_ids: Collection[UserId]) -> list[tuple[UserId, RoomId]]:
        """Return who of these is where; by plain SQL, since everybody who connects waits for it."""
        if not user_ids:
            return []
        with connection.cursor() as cursor:
            cursor.execute(_PLACES.format(", ".join(["%s"] * len(user_ids))), list(user_ids))
            found: list[tuple[UserId, RoomId]] = cursor.fetchall()
            return found


class Membership(models.Model):
    """One person in one room."""

    class Role(models.TextChoices):
        OWNER = "owner", gettext_lazy("owner")
        MODERATOR = "moderator", gettext_lazy("moderator")
        MEMBER = "member", gettext_lazy("member")

    class Level(models.TextChoices):
        """What of the room a member wants to be told."""

        ALL = "all", gettext_lazy("all messages")
        MENTIONS = "mentions", gettext_lazy("mentions")
        NOTHING = "nothing", gettext_lazy("nothing")

    room = models.ForeignKey("chat.Room", models.CASCADE, verbose_name=gettext_lazy("room"), related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=gettext_lazy("person"), related_name="memberships"
    )
    role = models.CharField(gettext_lazy("role"), max_length=9, choices=Role.choices, default=Role.MEMBER)
    last_read = models.PositiveBigIntegerField(
        null=True,
        editable=False,
        help_text=gettext_lazy("A copy of the live read marker, a few seconds old, in case Redis loses it."),
    )
    read_turn = models.PositiveIntegerField(
        default=0,
        editable=False,
        help_text=gettext_lazy("How often the marker was moved back. The marker with the higher number is newer."),
    )
    level = models.CharField(
        gettext_lazy("notifications"), max_length=8, choices=Level.choices, default=Level.MENTIONS, editable=False
    )
    muted = models.BooleanField(gettext_lazy("muted"), default=False, editable=False)
    hidden = models.PositiveBigIntegerField(
        default=0,
        editable=False,
        help_text=gettext_lazy("The newest message when a direct room was hidden: the next one shows it again."),
    )
    joined_at = models.DateTimeField(gettext_lazy("joined"), default=timezone.now, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("membership")
        verbose_name_plural = gettext_lazy("memberships")
        constraints = [models.UniqueConstraint(fields=["room", "user"], name="one_membership_per_room")]

    def __str__(self) -> str:
        return f"{self.user} in {self.room}"

    def member(self) -> Member:
        """What the live state knows of it."""
        notifications = Notifications(self.level, self.muted, self.hidden)  # type: ignore[arg-type]  # the choices are the entity's
        return Member(self.user_id, self.user.handle, self.role, notifications)  # type: ignore[arg-type]
