"""What every page of the chat carries to its scripts, so that the rooms are drawn before the socket answers."""

import msgspec
from django.conf import settings
from django.http import HttpRequest

from accounts.models import User
from accounts.server_settings import current
from bounds.pause import TimeSlices
from chat.actions.authorization import moderates_site
from chat.actions.messages.read_markers import catch_up
from chat.actions.rooms.room_creators import may_create_rooms
from chat.domain.errors import ChatError
from chat.domain.protocol import MAILS_AT_ONCE
from chat.domain.room_rules import wire_facts
from chat.domain.types import Position
from chat.models import Membership, Report, Room
from chat.models.rooms.room import NAME_MAX_CHARS, TOPIC_MAX_CHARS

ROOMS_TOGETHER = 100


def page_facts(request: HttpRequest, room: Room | None = None, seq: int | None = None) -> dict[str, object]:
    """Return who is looking, at which room and message, and what rooms they are in."""
    me = request.user
    assert isinstance(me, User)
    return {
        "me": {"id": me.id, "handle": me.handle, "name": me.name, "staff": moderates_site(me)},
        "has_reported": Report.objects.filter(reporter=me.id).exists(),
        "rooms": rooms_of(me.id),
        "room": room_facts(room) if room else None,
        "state": state_of(room, me.id) if room else None,
        "seq": seq,
        "limits": limits(),
        "creates_rooms": may_create_rooms(me.id),
        "server": current().server_name,
        "sends_mail": settings.SENDS_MAIL,
        # Whether an acknowledgement means "on disk"; without REQUIRE_DURABLE nobody promised it of an external Redis.
        "durable": settings.EMBEDDED_REDIS or settings.REQUIRE_DURABLE,
    }


def limits() -> dict[str, int]:
    """Return how many characters what one writes may have, and how many addresses one mails to at once."""
    most = {"message": current().message_max_chars, "name": NAME_MAX_CHARS, "topic": TOPIC_MAX_CHARS}
    return most | {"addresses": MAILS_AT_ONCE}


def room_facts(room: Room) -> dict[str, object]:
    """Return the room as the wire would tell it."""
    return wire_facts(room.facts())


def state_of(room: Room, user_id: int) -> object:
    """Return a member's room with its newest messages, as `sync` would: they are on the screen before the socket is open."""
    try:
        states = catch_up(user_id, {room.pk: Position()})
    except ChatError:  # Redis does not answer: the page says so, and what it shows comes later
        return None
    return msgspec.json.decode(msgspec.json.encode(states[0])) if states else None


def rooms_of(user_id: int) -> list[dict[str, object]]:
    """Return the rooms one is in; a direct room has no name of its own, so it comes with its people."""
    mine = Membership.objects.filter(user=user_id).select_related("room").order_by("room__name", "room_id")
    memberships, slices = [], TimeSlices()
    for each in mine.iterator(ROOMS_TOGETHER):  # 1,000 at once held the loop for 60 ms
        memberships.append(each)
        slices.rest()
    people = _people_of([each.room_id for each in memberships if each.room.kind == Room.Kind.DIRECT])
    rooms = [(each.room_id, room_facts(each.room) | _of_mine(each)) for each in memberships]
    return [facts | {"members": people[room_id]} if room_id in people else facts for room_id, facts in rooms]


def _of_mine(membership: Membership) -> dict[str, object]:
    return {"role": membership.role, "level": membership.level, "muted": membership.muted, "hidden": membership.hidden}


def _people_of(room_ids: list[int]) -> dict[int, list[dict[str, object]]]:
    people: dict[int, list[dict[str, object]]] = {room_id: [] for room_id in room_ids}
    rows = Membership.objects.filter(room_id__in=room_ids).values("room_id", "user_id", "user__handle", "user__name", "role")
    for row in rows.order_by("user_id"):
        person = {"id": row["user_id"], "handle": row["user__handle"], "name": row["user__name"], "role": row["role"]}
        people[row["room_id"]].append(person)
    return people
