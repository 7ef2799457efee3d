"""Whether somebody may act in a room, by the record."""

from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.staff import staff_with
from chat.actions.actor import Person
from chat.actions.moderation.site_mute import refuse_the_muted
from chat.domain.errors import ChatError, Code, forbidden, not_found
from chat.domain.policy import PERMISSIONS, TABLE, Act, Rank, may, rank_of
from chat.domain.types import Role, RoomId, UserId
from chat.models import Membership, Report, Room


class Authority(NamedTuple):
    """What somebody is in a room."""

    role: Role | None
    rank: Rank


_RANKS = {
    Rank.OUTSIDER: gettext_lazy("outsider"),
    Rank.MEMBER: gettext_lazy("member"),
    Rank.MODERATOR: gettext_lazy("moderator"),
    Rank.OWNER: gettext_lazy("owner"),
    Rank.STAFF: gettext_lazy("staff"),
    Rank.SITE_OWNER: gettext_lazy("site owner"),
}


def authorise(actor: Person, act: Act, room_id: RoomId, target: UserId | None = None, only_reads: bool = False) -> Room:
    """Return the room in which the actor may do this, to the target if it is done to one, or what it needs to be known.

    Raises not_found, not_member, forbidden, or muted to who is muted on the whole site, unless it `only_reads`.
    The site's staff see every room, a direct one once something was reported there.
    """
    mine = standing(actor.id, room_id, act)
    room = Room.objects.filter(pk=room_id).first()
    is_outside = mine.rank is Rank.OUTSIDER
    if room is None or (is_outside and room.kind != Room.Kind.PUBLIC):
        raise not_found()
    if room.kind == Room.Kind.DIRECT and mine.role is None and not Report.objects.filter(room=room_id).exists():
        raise not_found()
    if is_outside:
        raise ChatError(Code.NOT_MEMBER)
    _require(mine.rank, act, room, None if target is None else standing(target, room_id).rank)
    if not only_reads:
        refuse_the_muted(actor)
    return room


def require_reported(room: Room, **what: int) -> None:
    """Raise not_found in a direct room unless a message with this `seq`, or of this `author`, was reported there.

    A direct room is its people's own: the site's staff must learn nothing else of it, not even from the log of a deletion.
    """
    if room.kind == Room.Kind.DIRECT and not Report.objects.filter(room=room, **what).exists():
        raise not_found()


def authorise_on_site(actor: Person, act: Act, target: UserId | None = None) -> None:
    """Raise forbidden or muted unless the actor may do this on the whole site, and not_found when there is no such target."""
    mine, theirs = _site_rank(actor.id, act), None if target is None else _site_rank(target)
    if not may(mine, act, "public", theirs):
        raise forbidden()
    refuse_the_muted(actor)


def may_on_site(user_id: UserId | None, act: Act) -> bool:
    """Whether somebody may do this on the whole site; nobody is None."""
    return user_id is not None and may(_site_rank(user_id, act), act, "public")


def standing(user_id: UserId, room_id: RoomId, act: Act | None = None) -> Authority:
    """Return what a person is in a room, for an act or (None) at most; raises not_found when there is no such person."""
    role = Membership.objects.filter(room=room_id, user=user_id).values_list("role", flat=True).first()
    return Authority(role, rank_of(role, *_powers(user_id, act)))  # type: ignore[arg-type]  # the choices are the entity's


def moderates_site(user: User) -> bool:
    """Whether somebody is of the staff who moderate all rooms; no question where they are not even staff."""
    return user.is_superuser or (user.is_staff and _site_rank(user.pk, Act.DELETE) >= Rank.STAFF)


def moderated_rooms(actor: Person, act: Act) -> QuerySet[Room]:
    """Return the rooms where such an act is one's own: of a moderator theirs, of the site's staff all."""
    if _site_rank(actor.id, act) >= Rank.STAFF:
        return Room.objects.all()
    mine = Membership.objects.filter(user=actor.id, role__in=[Membership.Role.OWNER, Membership.Role.MODERATOR])
    return Room.objects.filter(pk__in=mine.values("room")).exclude(kind=Room.Kind.DIRECT)


def _site_rank(user_id: UserId, act: Act | None = None) -> Rank:
    return rank_of(None, *_powers(user_id, act))


def _powers(user_id: UserId, act: Act | None) -> tuple[bool, bool]:
    """Whether somebody is of the staff who do this (None: anything), and whether they own the site."""
    flags = User.objects.filter(pk=user_id, is_active=True).values_list("is_staff", "is_superuser").first()
    if flags is None:
        if not User.objects.filter(pk=user_id).exists():
            raise not_found()
        return False, False
    is_staff, is_site_owner = flags
    permissions = list(PERMISSIONS.values()) if act is None else [PERMISSIONS[act]] if act in PERMISSIONS else []
    return is_staff and staff_with(permissions).filter(pk=user_id).exists(), is_site_owner


def _require(mine: Rank, act: Act, room: Room, theirs: Rank | None) -> None:
    kind = room.facts().kind
    if may(mine, act, kind, theirs):
        return
    needed: Rank | None = getattr(TABLE[act], kind)
    if needed is None:
        raise forbidden()
    if mine < needed:
        raise forbidden(format_lazy(gettext_lazy("You need to be {rank} here to do that."), rank=_RANKS[needed]))
    raise forbidden(gettext_lazy("You cannot do that to someone of your own rank or above."))
