"""Sanctions in the record: in the live state they hold once the transaction has ended, and no longer than was said."""

from collections.abc import Collection
from datetime import datetime

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from chat.actions.actor import Person
from chat.actions.authorization import authorise
from chat.domain.errors import ChatError, Code, not_found
from chat.domain.policy import Act
from chat.domain.types import LiveSanction, RoomId, SanctionKind, UserId
from chat.models import Membership, Room, Sanction
from chat.models.moderation.sanction import SanctionQuerySet
from chat.sync.projection import record_change


class Banned(ChatError):
    """Somebody is kept out of a room, or of the site: `ban` says why and until when."""

    def __init__(self, ban: LiveSanction, room_id: RoomId | None = None) -> None:
        seconds = None if ban.until is None else max(0.0, ban.until / 1000 - timezone.now().timestamp())
        where = gettext_lazy("You are banned from this site: {reason}")
        if room_id is not None:
            where = gettext_lazy("You are banned from this room: {reason}")
        super().__init__(Code.BANNED, format_lazy(where, reason=ban.reason), retry_in=seconds)
        self.ban = ban
        self.room_id = room_id


def impose(
    kind: SanctionKind,
    room_id: RoomId | None,
    user_id: UserId,
    by: UserId,
    reason: str,
    ends_at: datetime | None,
) -> None:
    """Begin a sanction in place of an earlier one of its kind; without a room, on the whole site.

    Inside the caller's transaction, as `lift`.
    """
    _in_force(kind, room_id, user_id).update(lifted_at=timezone.now(), lifted_by=by)
    Sanction.objects.create(kind=kind, room_id=room_id, user_id=user_id, by_id=by, reason=reason, ends_at=ends_at)
    _project(room_id, user_id, reason if kind == "ban" else "")


def lift(kind: SanctionKind, room_id: RoomId | None, user_id: UserId, by: UserId) -> bool:
    """End a sanction before its time; return whether there was one."""
    if not _in_force(kind, room_id, user_id).update(lifted_at=timezone.now(), lifted_by=by):
        return False
    _project(room_id, user_id)
    return True


def refuse_the_banned(room_id: RoomId, user_id: UserId) -> None:
    """Raise banned, with why and for how long, if somebody may not come into a room."""
    bans = _bans(Sanction.objects.filter(room=room_id), [user_id])
    if bans:
        raise Banned(bans[user_id], room_id)


def refuse_banned_visitor(room: Room, user_id: UserId) -> None:
    """Raise banned like `refuse_the_banned`, but not_found if the room is private: that would reveal that it still exists."""
    try:
        refuse_the_banned(room.pk, user_id)
    except Banned:
        if room.kind == Room.Kind.PUBLIC:
            raise
        raise not_found() from None


def is_banned(room_id: RoomId, user_id: UserId) -> bool:
    """Whether somebody is kept out of a room, by a ban from it or from the site."""
    return bool(_bans(Sanction.objects.here(room_id), [user_id]))


def sanctions_for(actor: Person, room_id: RoomId, user_id: UserId | None = None) -> SanctionQuerySet:
    """Return what holds in a room, or all there ever was of one person, here and on the site.

    Raises not_found, not_member or forbidden to who does not moderate the room.
    """
    authorise(actor, Act.MUTE, room_id, only_reads=True)
    if user_id is not None:
        return Sanction.objects.here(room_id).filter(user=user_id)
    return Sanction.objects.in_force().of_room(room_id)


def site_bans(user_ids: Collection[UserId]) -> dict[UserId, LiveSanction]:
    """Return the bans that keep these people out of the site."""
    suspects = Sanction.objects.ever_banned_from_site(user_ids)
    return _bans(Sanction.objects.filter(room=None), suspects) if suspects else {}


def _in_force(kind: SanctionKind, room_id: RoomId | None, user_id: UserId) -> SanctionQuerySet:
    return Sanction.objects.in_force().filter(kind=kind, room=room_id, user=user_id)


def _bans(sanctions: SanctionQuerySet, user_ids: Collection[UserId]) -> dict[UserId, LiveSanction]:
    found = sanctions.in_force().filter(kind=Sanction.Kind.BAN, user__in=user_ids).by_person()
    return {user_id: theirs[0] for user_id, theirs in found.items()}


def _project(room_id: RoomId | None, user_id: UserId, reason: str = "") -> None:
    theirs = Membership.objects.filter(user=user_id).values_list("room_id", flat=True)
    for concerned in [room_id] if room_id is not None else list(theirs):
        record_change(concerned, user_id, reason)
