"""Asking to be let into a private room that takes requests, and letting people in."""

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from chat.actions.actor import Person
from chat.actions.authorization import authorise, moderated_rooms
from chat.actions.moderation.moderation_log import record_act
from chat.actions.moderation.sanctions import refuse_banned_visitor
from chat.actions.moderation.site_mute import refuse_the_muted
from chat.actions.notify import tell_moderators, tell_people
from chat.actions.rooms.membership import let_in
from chat.domain.errors import not_found
from chat.domain.policy import Act
from chat.domain.protocol import ServerEvent
from chat.domain.text import clean_line
from chat.domain.types import RoomId, UserId
from chat.models import JoinRequest, ModerationLog, Room

WORDS_MAX_CHARS = 200
ANSWER_MAX_CHARS = 200


def room_that_takes_requests(slug: str) -> Room:
    """Return the private room at this address whose owner lets its name be seen there; raises not_found."""
    room = Room.objects.filter(slug=slug, kind=Room.Kind.PRIVATE, takes_requests=True).first()
    if room is None:
        raise not_found()
    return room


def ask_to_join(user: Person, slug: str, words: str = "") -> None:
    """Leave word at the door; once is enough. Raises not_found, banned, muted, too_long or bad_request."""
    words = clean_line(words, WORDS_MAX_CHARS)
    refuse_the_muted(user)
    room = room_that_takes_requests(slug)
    refuse_banned_visitor(room, user.id)
    if room.memberships.filter(user=user.id).exists():
        return
    try:
        with transaction.atomic():
            JoinRequest.objects.create(room=room, room_name=room.name, user_id=user.id, words=words)
            told = {"room": room.pk, "user": user.id, "state": JoinRequest.State.OPEN}
            tell_moderators(room, Act.ANSWER_REQUEST, ServerEvent.REQUEST, told)
    except IntegrityError:  # they have asked already
        return


def requests_for(actor: Person, room_id: RoomId) -> QuerySet[JoinRequest]:
    """Return who waits at a room's door, the newest first; raises not_found, not_member or forbidden."""
    authorise(actor, Act.ANSWER_REQUEST, room_id, only_reads=True)
    return JoinRequest.objects.filter(room=room_id, state=JoinRequest.State.OPEN)


def requests_of_my_rooms(actor: Person) -> QuerySet[JoinRequest]:
    """Return who waits at the doors of all the rooms that one moderates, the newest first; for staff those of every room."""
    return JoinRequest.objects.filter(state=JoinRequest.State.OPEN, room__in=moderated_rooms(actor, Act.ANSWER_REQUEST))


def answer_request(actor: Person, room_id: RoomId, user_id: UserId, accept: bool, answer: str = "") -> None:
    """Let somebody in, or not, and tell them why; raises not_found, not_member, forbidden, too_long or bad_request."""
    answer = clean_line(answer, ANSWER_MAX_CHARS)
    room = authorise(actor, Act.ANSWER_REQUEST, room_id)
    with transaction.atomic():
        asked = JoinRequest.objects.select_for_update().filter(room=room_id, user=user_id, state=JoinRequest.State.OPEN)
        request = asked.first()
        if request is None:
            raise not_found()
        request.state = JoinRequest.State.ACCEPTED if accept else JoinRequest.State.DECLINED
        request.answered_at, request.answered_by_id, request.answer = timezone.now(), actor.id, answer
        request.save()
        action = ModerationLog.Action.ACCEPT if accept else ModerationLog.Action.DECLINE
        record_act(action, actor.id, room_id, user_id, answer)
        if accept:
            let_in(room_id, user_id)
        told = {"room": room_id, "user": user_id, "state": request.state}
        tell_moderators(room, Act.ANSWER_REQUEST, ServerEvent.REQUEST, told)
        # Before there was `room_name`: its address, by which they asked.
        name = room.name if accept else request.room_name or room.slug
        tell_people([user_id], ServerEvent.REQUEST, told | {"name": name, "slug": room.slug, "answer": answer})
