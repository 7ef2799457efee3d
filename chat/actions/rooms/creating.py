"""Making and changing rooms."""

from collections.abc import Iterable
from secrets import token_hex
from typing import TypedDict, Unpack

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from accounts.names.skeleton import skeleton
from chat.actions.actor import Person
from chat.actions.blocking import refuse_the_blocked
from chat.actions.moderation.site_mute import refuse_the_muted
from chat.actions.rooms.addresses import free_address, with_free_address
from chat.actions.rooms.room_caps import require_space, require_space_for_own
from chat.actions.rooms.room_creators import require_creator
from chat.domain.errors import ChatError, Code, bad_request, conflict, not_found
from chat.domain.protocol import DIRECT_PEOPLE
from chat.domain.text import clean_line
from chat.domain.types import Kind, RoomId, State, UserId
from chat.models import Membership, Room
from chat.models.rooms.room import NAME_MAX_CHARS, SLOW_MODE_MAX_SECONDS, TOPIC_MAX_CHARS
from chat.sync.projection import project_pending, record_change


class RoomChanges(TypedDict, total=False):
    """What may be changed about a room."""

    name: str
    topic: str
    state: State
    slow_mode: int
    newcomers_join: bool
    takes_requests: bool


def create_room(actor: Person, name: str, kind: Kind, topic: str = "", newcomers_join: bool = False) -> Room:
    """Return a new public or private room that the actor owns; raises empty, too_long, bad_request, forbidden or conflict."""
    refuse_the_muted(actor)
    require_creator(actor.id)
    name = _clean_name(name)
    room = Room(
        name=name,
        kind=kind,
        topic=clean_line(topic, TOPIC_MAX_CHARS),
        newcomers_join=newcomers_join and kind == "public",
        created_by_id=actor.id,
    )

    def save() -> Room:
        _name(room, name)
        require_space_for_own(actor.id)
        room.save()
        Membership.objects.create(room=room, user_id=actor.id, role=Membership.Role.OWNER)
        record_change(room.pk)
        record_change(room.pk, actor.id)
        return room

    return with_free_address(save)


def check_new_name(name: str, kind: Kind) -> None:
    """Raise empty, too_long or conflict for a name that a new room cannot have."""
    _refuse_lookalike(_clean_name(name), kind)


def open_direct_room(actor: Person, user_ids: Iterable[UserId]) -> Room:
    """Return the one room of exactly these people and the actor, made if need be.

    Raises bad_request, not_found, or forbidden for a new one with somebody who blocks the actor.
    """
    people = sorted({*user_ids, actor.id})
    if not 2 <= len(people) <= DIRECT_PEOPLE + 1:
        raise bad_request(format_lazy(gettext_lazy("A direct message is for you and 1 to {most} others."), most=DIRECT_PEOPLE))
    if get_user_model().objects.filter(pk__in=people, is_active=True).count() != len(people):
        raise not_found()
    direct_key = ",".join(map(str, people))
    try:
        return Room.objects.get(direct_key=direct_key)
    except Room.DoesNotExist:
        refuse_the_blocked(actor, [user_id for user_id in people if user_id != actor.id])
        return _create_direct_room(actor, people, direct_key)


def change_room(room_id: RoomId, **changes: Unpack[RoomChanges]) -> Room:
    """Change a room's facts for everyone at once; raises not_found, empty, too_long, bad_request or conflict."""

    def save() -> Room:
        room = Room.objects.select_for_update().filter(pk=room_id).first()
        if room is None:
            raise not_found()
        for field, value in _checked(room, changes).items():
            setattr(room, field, value)
        room.save(update_fields=["name", "slug", "topic", "state", "slow_mode", "newcomers_join", "takes_requests"])
        record_change(room.pk)
        return room

    return with_free_address(save)


def _create_direct_room(actor: Person, people: list[UserId], direct_key: str) -> Room:
    refuse_the_muted(actor)
    try:
        with transaction.atomic():
            require_space(*people)
            room = Room.objects.create(
                kind=Room.Kind.DIRECT, slug=f"direct-{token_hex(8)}", direct_key=direct_key, created_by_id=actor.id
            )
            # What is written to one person is for that person: they are told of everything.
            level = Membership.Level.ALL
            Membership.objects.bulk_create(Membership(room=room, user_id=user_id, level=level) for user_id in people)
            record_change(room.pk)
            for user_id in people:
                record_change(room.pk, user_id)
    except IntegrityError:  # the other person pressed the same button at the same moment
        room = Room.objects.get(direct_key=direct_key)
        project_pending(room.pk)
    return room


def _checked(room: Room, changes: RoomChanges) -> dict[str, object]:
    checked: dict[str, object] = dict(changes)
    if "name" in changes and changes["name"] != room.name:
        _name(room, _clean_name(changes["name"]))
        del checked["name"]
    if "topic" in changes:
        checked["topic"] = clean_line(changes["topic"], TOPIC_MAX_CHARS)
    if changes.get("takes_requests") and room.kind != Room.Kind.PRIVATE:
        raise bad_request(gettext_lazy("Only a private room accepts requests."))
    if changes.get("state", Room.State.OPEN) not in Room.State.values:
        raise bad_request(gettext_lazy("That state does not exist."))
    if not 0 <= changes.get("slow_mode", 0) <= SLOW_MODE_MAX_SECONDS:
        raise bad_request(format_lazy(gettext_lazy("Slow mode can be 0 to {most:,} seconds."), most=SLOW_MODE_MAX_SECONDS))
    return checked


def _name(room: Room, name: str) -> None:
    """Give the room a name and an address; raises conflict.

    The address is chosen before the names are compared: of two rooms that get one name at the same time the second finds either
    the name or, when it is saved, the address taken.
    """
    room.slug = free_address(name, room)
    _refuse_lookalike(name, room.kind, room.pk)
    room.name = name


def _clean_name(name: str) -> str:
    name = clean_line(name, NAME_MAX_CHARS)
    if not name:
        raise ChatError(Code.EMPTY, gettext_lazy("A room needs a name."))
    return name


def _refuse_lookalike(name: str, kind: str, room_id: RoomId | None = None) -> None:
    """Raise conflict for a name that others would take for a public room's.

    Private rooms may share a name with a public one to the letter; of private names nothing is told, so none is looked at.
    """
    alike = Room.objects.filter(kind=Room.Kind.PUBLIC, name_skeleton=skeleton(name))
    if room_id is not None:
        alike = alike.exclude(pk=room_id)
    if any(kind == Room.Kind.PUBLIC or other.casefold() != name.casefold() for other in alike.values_list("name", flat=True)):
        raise conflict()
