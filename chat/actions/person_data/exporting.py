"""Everything that is kept of a person, for them: and nothing that is others'."""

from collections.abc import Iterator
from typing import Any

import msgspec
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db.models import QuerySet

from accounts.models import User
from accounts.sessions.open_sessions import open_sessions
from chat.actions.person_data.files import ExportPart, document, lines
from chat.archive.exporting import messages_by, reactions_by
from chat.domain.types import RoomId, UserId
from chat.models import Block, Departure, JoinRequest, Membership, Message, Report, Sanction

# Of a message: whom it names and who reacted to it is others'.
_MESSAGE = ("room", "seq", "sent_at", "text", "kind", "reply_to", "edited_at", "deleted")
_MEMBERSHIP = ("room_id", "room__name", "role", "joined_at", "last_read", "level", "muted")
_REPORT = ("room_id", "seq", "reason", "state", "created_at", "resolved_at", "answer")
_SANCTION = ("kind", "room_id", "reason", "starts_at", "ends_at", "lifted_at")
_DEPARTURE = ("room_id", "state", "changed_at")
# Those who block them are the blockers' own business.
_BLOCK = ("blocked_id", "created_at")
_DEVICE = ("created_at", "last_seen_at", "ip", "user_agent")
_REQUEST = ("room_id", "words", "answer", "state", "created_at", "answered_at")


def person_parts(user: User) -> Iterator[ExportPart]:
    """Give the files of an export. Each is read while it is written. Raises ChatError unavailable."""
    yield ExportPart("profile.json", document(_profile(user)))
    yield ExportPart("memberships.jsonl", _rows(Membership.objects.filter(user=user), _MEMBERSHIP))
    yield ExportPart("messages.jsonl", lines(map(_own_part, messages_by(user.pk, _rooms(user.pk)))))
    reactions = ({"room": room, "seq": seq, "emoji": emoji} for room, seq, emoji in reactions_by(user.pk))
    yield ExportPart("reactions.jsonl", lines(reactions))
    yield ExportPart("reports.jsonl", _rows(Report.objects.filter(reporter=user), _REPORT))
    yield ExportPart("sanctions.jsonl", _rows(Sanction.objects.filter(user=user), _SANCTION))
    yield ExportPart("requests.jsonl", _rows(JoinRequest.objects.filter(user=user), _REQUEST))
    yield ExportPart("departures.jsonl", _rows(Departure.objects.filter(user=user), _DEPARTURE))
    yield ExportPart("blocks.jsonl", _rows(Block.objects.filter(blocker=user), _BLOCK))
    yield ExportPart("devices.jsonl", _rows(UserSession.objects.filter(user=user), _DEVICE))
    yield ExportPart("sessions.jsonl", lines({"expires_at": session.expires_at} for session in open_sessions(user.pk)))


def _profile(user: User) -> dict[str, Any]:
    facts = ("id", "handle", "name", "email", "date_joined", "last_login", "is_active", "is_staff", "is_superuser")
    addresses = EmailAddress.objects.filter(user=user).values("email", "verified", "primary")
    return {**{fact: getattr(user, fact) for fact in facts}, "addresses": list(addresses)}


def _rooms(user_id: UserId) -> list[RoomId]:
    """Where they are, or wrote before they left."""
    wrote = Message.objects.filter(author=user_id).order_by().values_list("room_id", flat=True).distinct()
    return sorted({*wrote, *Membership.objects.filter(user=user_id).values_list("room_id", flat=True)})


def _own_part(message: bytes) -> dict[str, Any]:
    facts = msgspec.json.decode(message)
    return {part: facts[part] for part in _MESSAGE if part in facts}


def _rows(rows: "QuerySet[Any]", fields: tuple[str, ...]) -> Iterator[bytes]:
    yield from lines(rows.order_by("pk").values(*fields).iterator(chunk_size=500))
