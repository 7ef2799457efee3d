"""Whether somebody may act in a room, by the record."""

from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from chat.actions.person import Person
from chat.entities import Role, RoomId, UserId
from chat.errors import ChatError, Code, forbidden, not_found
from chat.models import Membership, Room
from chat.policy import TABLE, Act, Rank, may, rank_of


class Standing(NamedTuple):
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


def authorise(actor: Person, act: Act, room_id: RoomId, target: UserId | None = None) -> Room:
    """Return the room in which the actor may do this, to the target if it is done to one.

    Raises not_found, not_member or forbidden. The site's staff see every room.
    """
    mine = standing(actor.id, room_id)
    room = Room.objects.filter(pk=room_id).first()
    is_outside = mine.rank is Rank.OUTSIDER
    if room is None or (is_outside and room.kind != Room.Kind.PUBLIC):
        raise not_found()
    if is_outside:
        raise ChatError(Code.NOT_MEMBER)
    _require(mine.rank, act, room, None if target is None else standing(target, room_id).rank)
    return room


def authorise_on_site(actor: Person, act: Act, target: UserId | None = None) -> None:
    """Raise forbidden unless the actor may do this on the whole site, and not_found when there is no such target."""
    mine, theirs = _site_rank(actor.id), None if target is None else _site_rank(target)
    if not may(mine, act, "public", theirs):
        raise forbidden()


def standing(user_id: UserId, room_id: RoomId) -> Standing:
    """Return what a person is in a room; raises not_found when there is no such person."""
    role = Membership.objects.filter(room=room_id, user=user_id).values_list("role", flat=True).first()
    return Standing(role, rank_of(role, *_powers(user_id)))  # type: ignore[arg-type]  # the choices are the entity's


def moderated_rooms(actor: Person) -> QuerySet[Room]:
    """Return the rooms whose queues are one's own: of a moderator theirs, of the site's staff all."""
    if _site_rank(actor.id) >= Rank.STAFF:
        return Room.objects.all()
    mine = Membership.objects.filter(user=actor.id, role__in=[Membership.Role.OWNER, Membership.Role.MODERATOR])
    return Room.objects.filter(pk__in=mine.values("room")).exclude(kind=Room.Kind.DIRECT)


def _site_rank(user_id: UserId) -> Rank:
    return rank_of(None, *_powers(user_id))


def _powers(user_id: UserId) -> tuple[bool, bool]:
    powers = get_user_model().objects.filter(pk=user_id).values_list("is_staff", "is_superuser", "is_active").first()
    if powers is None:
        raise not_found()
    is_staff, is_site_owner, is_active = powers
    return is_staff and is_active, is_site_owner and is_active


def _require(mine: Rank, act: Act, room: Room, theirs: Rank | None) -> None:
    kind = room.facts().kind
    if may(mine, act, kind, theirs):
        return
    needed: Rank | None = getattr(TABLE[act], kind)
    if needed is None:
        raise forbidden()
    if mine < needed:
        raise forbidden(format_lazy(gettext_lazy("That takes the rank of {rank} here."), rank=_RANKS[needed]))
    raise forbidden(gettext_lazy("You cannot do that to somebody of your own rank or above."))
