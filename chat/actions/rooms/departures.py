"""What is remembered of those who left a room: nobody brings them back, they are asked, and only once."""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from chat.actions.notify import tell_people
from chat.domain.errors import not_found
from chat.domain.protocol import ServerEvent
from chat.domain.types import RoomId, UserId
from chat.models import Departure, Sanction

# As many questions are told a person when they connect; the newest first.
TOLD_AT_MOST = 100


def remember_departure(room_id: RoomId, user_id: UserId) -> None:
    """Note, inside the caller's transaction, that somebody has left by themselves."""
    facts = {"state": Departure.State.LEFT, "asked_by": None, "changed_at": timezone.now()}
    Departure.objects.update_or_create(room_id=room_id, user_id=user_id, defaults=facts)


def forget_departure(room_id: RoomId, user_id: UserId) -> None:
    """Note that they are back by their own wish; an open question is answered by that."""
    deleted, _ = Departure.objects.filter(room=room_id, user=user_id).delete()
    if deleted:
        _tell_answered(room_id, user_id)


def ask_to_return(room_id: RoomId, user_id: UserId, by: UserId | None) -> bool:
    """Ask somebody who has left whether they want to come back, at most once; return False where they never left."""
    departure = Departure.objects.select_for_update().filter(room=room_id, user=user_id).first()
    if departure is None:
        return False
    if departure.state == Departure.State.LEFT:
        departure.state, departure.asked_by_id, departure.changed_at = Departure.State.ASKED, by, timezone.now()
        departure.save()
        tell_people([user_id], ServerEvent.INVITED, _question(departure))
    return True


def require_question(room_id: RoomId, user_id: UserId) -> None:
    """Raise not_found where a person is not asked to come back."""
    if not Departure.objects.filter(room=room_id, user=user_id, state=Departure.State.ASKED).exists():
        raise not_found()


def decline_question(room_id: RoomId, user_id: UserId) -> None:
    """Let nobody ask them again."""
    declined = {"state": Departure.State.DECLINED, "changed_at": timezone.now()}
    Departure.objects.filter(room=room_id, user=user_id).update(**declined)
    _tell_answered(room_id, user_id)


def withdraw_questions(user_id: UserId, by: UserId) -> None:
    """Take back what one person asked another; others can still ask."""
    asked = Departure.objects.filter(user=user_id, asked_by=by, state=Departure.State.ASKED)
    for departure in asked:
        _tell_answered(departure.room_id, user_id)
    asked.update(state=Departure.State.LEFT, asked_by=None)


def withdraw_questions_by(asker: UserId, room_id: RoomId | None) -> None:
    """Take back what somebody asked others in a room (None: in any), where they can bring nobody any more."""
    asked = Departure.objects.filter(asked_by=asker, state=Departure.State.ASKED)
    if room_id is not None:
        asked = asked.filter(room=room_id)
    for departure in asked:
        _tell_answered(departure.room_id, departure.user_id)
    asked.update(state=Departure.State.LEFT, asked_by=None)


def questions_of(user_ids: Collection[UserId]) -> dict[UserId, list[dict[str, Any]]]:
    """Return for each person the rooms that they are asked to come back to."""
    questions: dict[UserId, list[dict[str, Any]]] = {user_id: [] for user_id in user_ids}
    asked = Departure.objects.filter(user__in=user_ids, state=Departure.State.ASKED).order_by("-changed_at")
    bans = Sanction.objects.in_force().filter(kind=Sanction.Kind.BAN, room=OuterRef("room"), user=OuterRef("user"))
    asked = asked.exclude(Exists(bans))
    for departure in asked.select_related("room", "asked_by"):
        if len(questions[departure.user_id]) < TOLD_AT_MOST:
            questions[departure.user_id].append(_question(departure))
    return questions


def _question(departure: Departure) -> dict[str, Any]:
    room, by = departure.room, departure.asked_by
    told_by = {"id": by.pk, "handle": by.handle, "name": by.name} if by else None
    return {"room": room.pk, "name": room.name, "slug": room.slug, "kind": room.kind, "by": told_by}


def _tell_answered(room_id: RoomId, user_id: UserId) -> None:
    tell_people([user_id], ServerEvent.INVITED, {"room": room_id, "answered": True})
