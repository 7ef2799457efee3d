"""Coming into rooms and going out of them."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Case, IntegerField, Value, When
from django.utils.translation import gettext_lazy

from chat.actions.actor import Person
from chat.actions.moderation.moderation_log import record_act
from chat.actions.moderation.sanctions import refuse_the_banned
from chat.actions.moderation.site_mute import refuse_the_muted
from chat.actions.rooms.departures import (
    ask_to_return,
    decline_question,
    forget_departure,
    remember_departure,
    require_question,
)
from chat.actions.rooms.link_revocation import revoke_links_of
from chat.actions.rooms.room_caps import require_space
from chat.domain.errors import ChatError, Code, forbidden, not_found
from chat.domain.policy import Act, may, rank_of
from chat.domain.protocol import ServerEvent
from chat.domain.types import Level, Role, RoomId, UserId
from chat.live.live_state import live_state
from chat.models import Block, Membership, ModerationLog, Room
from chat.sync.projection import record_change
from chat.sync.recovery import recover_unchecked


def rooms_of(user_ids: Collection[UserId]) -> dict[UserId, list[RoomId]]:
    """Return for each person the rooms they are in, by the record."""
    rooms: dict[UserId, list[RoomId]] = {user_id: [] for user_id in user_ids}
    for user_id, room_id in Membership.objects.places(rooms):
        rooms[user_id].append(room_id)
    return rooms


def live_rooms_of(user_ids: Collection[UserId]) -> dict[UserId, list[RoomId]]:
    """Return the same; what Redis lost of these rooms is recovered first. Raises ChatError unavailable."""
    rooms = rooms_of(user_ids)
    recover_unchecked(chain.from_iterable(rooms.values()))
    return rooms


def join_room(user: Person, room_id: RoomId) -> None:
    """Put the person into a public room, or do nothing where they are in already; raises not_found or banned."""
    _visible_room(user.id, room_id)
    come_in(room_id, user.id)


def leave_room(user: Person, room_id: RoomId) -> None:
    """Take the person out; raises not_found, not_member, or forbidden for a direct room."""
    room = _visible_room(user.id, room_id)
    with transaction.atomic():
        membership = find_membership(room_id, user.id)
        if membership is None:
            raise ChatError(Code.NOT_MEMBER)
        if not may(rank_of(membership.role), Act.LEAVE, room.kind):  # type: ignore[arg-type]
            raise forbidden(gettext_lazy("You cannot leave a direct message."))
        take_out(membership, by=user.id)
        remember_departure(room_id, user.id)


def invite_member(actor: Person, room_id: RoomId, user_id: UserId) -> bool:
    """Put somebody else into the actor's room; return False where they are asked instead, because they left it once.

    Somebody who blocks the actor is neither brought nor asked, and the answer is the same. Raises not_found, not_member,
    forbidden or conflict.
    """
    room = _visible_room(actor.id, room_id)
    role = Membership.objects.filter(room=room_id, user=actor.id).values_list("role", flat=True).first()
    if role is None:
        raise ChatError(Code.NOT_MEMBER)
    if not may(rank_of(role), Act.INVITE, room.kind):  # type: ignore[arg-type]
        raise forbidden(gettext_lazy("Only the owner and moderators can invite people here."))
    refuse_the_muted(actor)
    return _bring(room_id, user_id, actor.id)


def add_member(room_id: RoomId, user_id: UserId, role: Role = "member", by: UserId | None = None) -> bool:
    """Put a person into any room; return False where they are asked instead, because they left it once.

    Whoever does so by the power of the admin is named, and it is written down. Raises not_found, or forbidden where the
    person is banned.
    """
    with transaction.atomic():
        was_in = Membership.objects.filter(room=room_id, user=user_id).exists()
        is_in = _bring(room_id, user_id, by, role)
        if is_in and not was_in and by is not None:
            record_act(ModerationLog.Action.ADD, by, room_id, user_id, after=role)
    return is_in


def come_in(room_id: RoomId, user_id: UserId) -> None:
    """Put a person into a room by their own wish, and forget that they left it; raises banned or conflict."""
    with transaction.atomic():
        _add(room_id, user_id)
        forget_departure(room_id, user_id)


def let_in(room_id: RoomId, user_id: UserId) -> None:
    """The same where somebody else opens the door; raises not_found, or forbidden where the person is banned."""
    _require_active(user_id)
    with _told_to_others():
        come_in(room_id, user_id)


def answer_invitation(user: Person, room_id: RoomId, accept: bool) -> None:
    """Come back into a room that one left, or never be asked again; raises not_found where nobody asked, or banned."""
    with transaction.atomic():
        require_question(room_id, user.id)
        if accept:
            come_in(room_id, user.id)
        else:
            decline_question(room_id, user.id)


def find_membership(room_id: RoomId, user_id: UserId) -> Membership | None:
    """Return the membership, locked until the caller's transaction ends."""
    return Membership.objects.select_for_update().filter(room=room_id, user=user_id).first()


def take_out(membership: Membership, reason: str = "", by: UserId | None = None) -> None:
    """Take a person out, inside the caller's transaction; with a reason they are told that they were removed.

    Nobody comes in by their links any more, they themselves included.

    A room never ends up without an owner: the longest-serving moderator, else member, follows one who goes.
    """
    heir = None if has_other_owner(membership) else _heir(membership)
    if membership.role == Membership.Role.OWNER and heir:
        heir.role = Membership.Role.OWNER
        heir.save(update_fields=["role"])
        record_change(membership.room_id, heir.user_id)
    membership.delete()
    revoke_links_of(membership.user_id, membership.room_id, by)
    record_change(membership.room_id, membership.user_id, reason)


def has_other_owner(membership: Membership) -> bool:
    """Return whether the room would still have an owner without this one."""
    owners = Membership.objects.filter(room=membership.room_id, role=Membership.Role.OWNER)
    return owners.exclude(pk=membership.pk).exists()


def set_notifications(user: Person, room_id: RoomId, level: Level | None, muted: bool | None) -> None:
    """Change what a member wants to be told (None: as it is) and tell their devices; raises not_found or not_member."""
    _visible_room(user.id, room_id)
    _change_notifications(user, room_id, level=level, muted=muted)


def hide_direct_room(user: Person, room_id: RoomId) -> None:
    """Take a direct room out of a person's list until its next message; raises not_found, not_member or forbidden."""
    if _visible_room(user.id, room_id).kind != Room.Kind.DIRECT:
        raise forbidden(gettext_lazy("Only a direct message can be hidden. Leave this room instead."))
    [head] = live_state().rooms.heads([room_id])
    _change_notifications(user, room_id, hidden=head.seq)


def show_direct_room(user: Person, room_id: RoomId) -> None:
    """Put a hidden direct room back into a person's list."""
    if Membership.objects.filter(room=room_id, user=user.id, hidden__gt=0).exists():
        _change_notifications(user, room_id, hidden=0)


def join_newcomer_rooms(user: Person) -> None:
    """Put somebody who has just signed up into the rooms that are for everyone."""
    for room_id in Room.objects.filter(newcomers_join=True, kind=Room.Kind.PUBLIC).values_list("pk", flat=True):
        _add(room_id, user.id)


def _change_notifications(user: Person, room_id: RoomId, **changes: Any) -> None:
    with transaction.atomic():
        membership = find_membership(room_id, user.id)
        if membership is None:
            raise ChatError(Code.NOT_MEMBER)
        for field, value in changes.items():
            if value is not None:
                setattr(membership, field, value)
        membership.save(update_fields=["level", "muted", "hidden"])
        record_change(room_id, user.id)
    told = {"room": room_id, "level": membership.level, "muted": membership.muted, "hidden": membership.hidden}
    live_state().rooms.tell_person(user.id, ServerEvent.NOTIFY, told)


def _bring(room_id: RoomId, user_id: UserId, by: UserId | None, role: Role = "member") -> bool:
    """Whether they are in now; where they left once, they are asked."""
    _require_active(user_id)
    with _told_to_others(), transaction.atomic():
        # Somebody who leaves at this moment waits for us, or we for them.
        Room.objects.select_for_update().get(pk=room_id)
        if Membership.objects.filter(room=room_id, user=user_id).exists():
            return True
        refuse_the_banned(room_id, user_id)
        if by is not None and Block.objects.filter(blocker=user_id, blocked=by).exists():
            return False
        if ask_to_return(room_id, user_id, by):
            return False
        _add(room_id, user_id, role)
    return True


def _require_active(user_id: UserId) -> None:
    if not get_user_model().objects.filter(pk=user_id, is_active=True).exists():
        raise not_found()


@contextmanager
def _told_to_others() -> Iterator[None]:
    """What a ban says is for the banned person, not for those who would bring them."""
    try:
        yield
    except ChatError as error:
        raise forbidden(gettext_lazy("They are banned from this room.")) if error.code is Code.BANNED else error from None


def _visible_room(user_id: UserId, room_id: RoomId) -> Room:
    room = Room.objects.visible_to(user_id).filter(pk=room_id).first()
    if room is None:
        raise not_found()
    return room


def _add(room_id: RoomId, user_id: UserId, role: Role = "member") -> bool:
    """Whether they were not in before."""
    with transaction.atomic():
        # A ban that is being made at this moment waits for us, or we for it.
        Room.objects.select_for_update().get(pk=room_id)
        refuse_the_banned(room_id, user_id)
        if Membership.objects.filter(room=room_id, user=user_id).exists():
            return False
        require_space(user_id)
        _, created = Membership.objects.get_or_create(room_id=room_id, user_id=user_id, defaults={"role": role})
        if created:
            record_change(room_id, user_id)
    return created


def _heir(membership: Membership) -> Membership | None:
    moderators_first = Case(When(role="moderator", then=Value(0)), default=Value(1), output_field=IntegerField())
    others = Membership.objects.filter(room=membership.room_id).exclude(pk=membership.pk)
    return others.order_by(moderators_first, "joined_at", "pk").first()
