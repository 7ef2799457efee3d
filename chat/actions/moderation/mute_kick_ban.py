"""Muting, removing and banning people, in a room or, without one, on the whole site. All raise ChatError."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from chat.actions import sessions
from chat.actions.actor import Person
from chat.actions.authorization import authorise, authorise_on_site
from chat.actions.moderation import sanctions
from chat.actions.moderation.moderation_log import record_act, required_reason
from chat.actions.rooms.link_revocation import revoke_links_of
from chat.actions.rooms.membership import find_membership, take_out
from chat.domain.errors import not_found
from chat.domain.policy import Act
from chat.domain.text import clean_line
from chat.domain.types import RoomId, SanctionKind, UserId
from chat.models import ModerationLog, Room
from chat.models.moderation.sanction import REASON_MAX_CHARS

_SANCTION: dict[SanctionKind, tuple[Act, ModerationLog.Action, ModerationLog.Action]] = {
    "mute": (Act.MUTE, ModerationLog.Action.MUTE, ModerationLog.Action.UNMUTE),
    "ban": (Act.BAN, ModerationLog.Action.BAN, ModerationLog.Action.UNBAN),
}


def mute_person(actor: Person, room_id: RoomId | None, user_id: UserId, reason: str, seconds: int | None = None) -> None:
    """Let somebody read and not write, for a time or permanently."""
    _sanction("mute", actor, room_id, user_id, reason, seconds)


def unmute_person(actor: Person, room_id: RoomId | None, user_id: UserId, reason: str = "") -> None:
    """Let them write again; nothing happens where they are not muted."""
    _lift("mute", actor, room_id, user_id, reason)


def ban_person(actor: Person, room_id: RoomId | None, user_id: UserId, reason: str, seconds: int | None = None) -> None:
    """Take somebody out and keep them out, for a time or permanently."""
    _sanction("ban", actor, room_id, user_id, reason, seconds)


def unban_person(actor: Person, room_id: RoomId | None, user_id: UserId, reason: str = "") -> None:
    """Let them come again; nothing happens where they are not banned."""
    _lift("ban", actor, room_id, user_id, reason)


def kick_member(actor: Person, room_id: RoomId, user_id: UserId, reason: str) -> None:
    """Take a member out of a room; they may come back where anyone may join."""
    reason = required_reason(reason)
    authorise(actor, Act.KICK, room_id, user_id)
    with transaction.atomic():
        membership = find_membership(room_id, user_id)
        if membership is None:
            raise not_found()
        record_act(ModerationLog.Action.KICK, actor.id, room_id, user_id, reason)
        take_out(membership, reason, actor.id)


def _sanction(
    kind: SanctionKind, actor: Person, room_id: RoomId | None, user_id: UserId, reason: str, seconds: int | None
) -> None:
    reason = required_reason(reason)
    _authorise(kind, actor, room_id, user_id)
    ends_at = None if seconds is None else timezone.now() + timedelta(seconds=seconds)
    with transaction.atomic():
        _, action, _ = _SANCTION[kind]
        record_act(action, actor.id, room_id, user_id, reason, until=ends_at and ends_at.isoformat())
        if kind == "ban":
            _put_out(actor.id, room_id, user_id, reason)
        sanctions.impose(kind, room_id, user_id, actor.id, reason, ends_at)


def _lift(kind: SanctionKind, actor: Person, room_id: RoomId | None, user_id: UserId, reason: str) -> None:
    _authorise(kind, actor, room_id, user_id)
    with transaction.atomic():
        if sanctions.lift(kind, room_id, user_id, actor.id):
            _, _, action = _SANCTION[kind]
            record_act(action, actor.id, room_id, user_id, clean_line(reason, REASON_MAX_CHARS))


def _authorise(kind: SanctionKind, actor: Person, room_id: RoomId | None, user_id: UserId) -> None:
    if room_id is None:
        authorise_on_site(actor, Act.SANCTION_SITE, user_id)
    else:
        authorise(actor, _SANCTION[kind][0], room_id, user_id)


def _put_out(by: UserId, room_id: RoomId | None, user_id: UserId, reason: str) -> None:
    """Take somebody out of the room, or end their sessions."""
    revoke_links_of(user_id, room_id, by)
    if room_id is None:
        # First of all on commit: the rooms come one after another.
        transaction.on_commit(lambda: sessions.end_session(user_id, None))
        return
    # Whoever is coming in at this moment locks the room as well: either they see the ban, or are taken out by it.
    Room.objects.select_for_update().get(pk=room_id)
    membership = find_membership(room_id, user_id)
    if membership:
        take_out(membership, reason, by)
