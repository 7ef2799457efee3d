"""Who wants to hear nothing of whom."""

from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.utils import timezone

from chat.domain.types import RoomId, UserId

MOST = 1_000


class BlockQuerySet(models.QuerySet["Block"]):
    """Blocks of people who meet."""

    def blocked_by(self, user_ids: Iterable[UserId]) -> dict[UserId, list[UserId]]:
        """Return for each of these people whom they block."""
        found: dict[UserId, list[UserId]] = defaultdict(list)
        for blocker, blocked in self.filter(blocker__in=user_ids).values_list("blocker_id", "blocked_id"):
            found[blocker].append(blocked)
        return found

    def in_room(self, room_id: RoomId) -> dict[UserId, list[UserId]]:
        """Return for each blocked member of a room the members who block them."""
        met = self.filter(blocker__memberships__room=room_id, blocked__memberships__room=room_id)
        found: dict[UserId, list[UserId]] = defaultdict(list)
        for blocker, blocked in met.values_list("blocker_id", "blocked_id"):
            found[blocked].append(blocker)
        return found

    def blockers_in_room(self, user_id: UserId, room_id: RoomId) -> list[UserId]:
        """Return the members of a room who block a person."""
        theirs = self.filter(blocked=user_id, blocker__memberships__room=room_id)
        return list(theirs.order_by("blocker_id").values_list("blocker_id", flat=True))

    def blocked_in_room(self, user_id: UserId, room_id: RoomId) -> list[UserId]:
        """Return the members of a room whom a person blocks."""
        theirs = self.filter(blocker=user_id, blocked__memberships__room=room_id)
        return list(theirs.order_by("blocked_id").values_list("blocked_id", flat=True))


class Block(models.Model):
    """One person blocks another, who is not told."""

    blocker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    blocked = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = BlockQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["blocker", "blocked"], name="one_block_per_pair")]

    def __str__(self) -> str:
        return f"{self.blocker_id} blocks {self.blocked_id}"
