"""The messages that name or answer somebody, newest first, as they stand this moment; about a second behind what is written."""

from collections.abc import Collection, Iterable, Iterator, Mapping

import msgspec
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy

from chat.archive.long_reads import off_the_loop
from chat.archive.writing.mention_index import EVERYONE
from chat.domain.errors import bad_request
from chat.domain.message_state import AmendmentState, as_it_stands, parse_state
from chat.domain.types import Author, RoomId, UserId
from chat.live.live_state import live_state
from chat.models import Mention, Message, Reply

PAGE = 20
BATCHES = 10
LAST = 1 << 62


class Mentioned(msgspec.Struct, frozen=True):
    """A message that names or answers somebody."""

    room: RoomId
    seq: int
    sent_at: int
    author: Author | None
    text: str
    is_reply: bool


class MentionsPage(msgspec.Struct, frozen=True):
    """One page; `end`, where there may be more, is what the next page comes after."""

    mentions: list[Mentioned]
    end: str


class _Standing(msgspec.Struct):
    author: Author | None = None
    text: str = ""


def find_mentions(
    person: Author, joined: Mapping[RoomId, int], after: str = "", but_by: Collection[UserId] = ()
) -> MentionsPage:
    """Return what names or answers a person in these rooms, which they joined at a time in ms; nothing by some authors.

    Raises bad_request for a wrong `after`.
    """
    below = _place(after)
    found: list[tuple[int, Mentioned]] = []
    for _ in range(BATCHES):
        candidates, replies = _candidates(person.id, list(joined), below, but_by)
        found += _standing(person, joined, candidates, replies)
        if len(found) > PAGE:
            return MentionsPage([mention for _, mention in found[:PAGE]], str(found[PAGE - 1][0]))
        if len(candidates) <= PAGE:
            return MentionsPage([mention for _, mention in found], "")
        below = candidates[-1].pk
    return MentionsPage([mention for _, mention in found], str(below))


def _place(after: str) -> int:
    if not after:
        return LAST
    if after.isascii() and after.isdigit() and len(after) <= 18:
        return int(after)
    raise bad_request(gettext_lazy("There is no such page."))


def _candidates(
    user_id: UserId, room_ids: list[RoomId], below: int, but_by: Collection[UserId]
) -> tuple[list[Message], set[int]]:
    """Return messages, and the ids of those that are replies."""
    with off_the_loop():
        replies = set(_replies(user_id, room_ids, below, but_by))
        ids = sorted({*_mentions(user_id, room_ids, below, but_by), *replies}, reverse=True)[: PAGE + 1]
        return sorted(Message.objects.with_bylines().filter(pk__in=ids), key=lambda each: -each.pk), replies


def _mentions(user_id: UserId, room_ids: list[RoomId], below: int, but_by: Collection[UserId]) -> Iterable[int]:
    """From those who are named to the messages, not the other way round: they are few, and messages are many."""
    message = Message.objects.filter(room=OuterRef("room"), seq=OuterRef("seq"), deleted=False)
    named = Mention.objects.filter(Q(user=user_id) | Q(user=None), room__in=room_ids).exclude(author__in=[user_id, *but_by])
    newest = named.annotate(message=Subquery(message.values("pk")[:1])).filter(message__lt=below).order_by("-message")
    return newest.values_list("message", flat=True)[: PAGE + 1]


def _replies(user_id: UserId, room_ids: list[RoomId], below: int, but_by: Collection[UserId]) -> Iterable[int]:
    replies = Reply.objects.filter(user=user_id, room__in=room_ids, message__lt=below, message__deleted=False)
    if but_by:
        replies = replies.exclude(message__author__in=but_by)
    return replies.order_by("-message").values_list("message", flat=True)[: PAGE + 1]


def _standing(
    person: Author, joined: Mapping[RoomId, int], messages: Iterable[Message], replies: Collection[int]
) -> Iterator[tuple[int, Mentioned]]:
    """Without what was deleted or changed a moment ago, and what called everyone before this person came."""
    rooms: dict[RoomId, list[Message]] = {}
    for message in messages:
        rooms.setdefault(message.room_id, []).append(message)
    live = {
        room_id: live_state().archiving.changes(room_id, [each.seq for each in theirs]) for room_id, theirs in rooms.items()
    }
    for message in messages:
        state = parse_state(live[message.room_id].get(message.seq) or message.amendment.encode())
        if state and state.deleted_by is not None:
            continue
        named = _named_in(message, state)
        called = EVERYONE in named and message.sent_at >= joined[message.room_id]
        is_reply = message.pk in replies
        if person.id in named or called or is_reply:
            yield message.pk, _mentioned(message, state, is_reply)


def _named_in(message: Message, state: AmendmentState | None) -> list[UserId]:
    if state and state.text is not None:
        return state.mentions
    named: list[UserId] = msgspec.json.decode(message.payload).get("mentions", [])
    return named


def _mentioned(message: Message, state: AmendmentState | None, is_reply: bool) -> Mentioned:
    shown = msgspec.json.decode(as_it_stands(message.payload.encode(), state, 0, set()), type=_Standing)
    return Mentioned(message.room_id, message.seq, message.sent_at, shown.author, shown.text, is_reply)
