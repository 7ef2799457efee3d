"""Whom archived messages name: written beside them, so that mentions are found and counted without reading a message."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from chat.domain.types import RoomId, UserId
from chat.models import Mention, Message

EVERYONE = 0


class Naming(NamedTuple):
    """Whom a message names, 0 for everyone, and who wrote it."""

    room: RoomId
    seq: int
    author: UserId | None
    named: list[UserId]


def add_mentions(messages: Iterable[Naming]) -> None:
    """Note whom new messages name."""
    mentions = [
        Mention(room_id=room_id, seq=seq, user_id=user_id or None, author_id=author)
        for room_id, seq, author, named in messages
        for user_id in _counted(author, named)
    ]
    if mentions:  # hardly ever, and this would begin a transaction for nothing
        Mention.objects.bulk_create(mentions)


def change_mentions(room_id: RoomId, changed: Mapping[int, list[UserId]]) -> None:
    """Note whom messages name whose text was changed, by seq."""
    if not changed:
        return
    messages = Message.objects.filter(room_id=room_id, seq__in=changed)
    Mention.objects.filter(room_id=room_id, seq__in=changed).delete()
    authors = messages.values_list("seq", "author_id")
    add_mentions(Naming(room_id, seq, author, changed[seq]) for seq, author in authors)


def _counted(author: UserId | None, named: list[UserId]) -> list[UserId]:
    """As the live state counts them: everyone stands for all others too, and nobody is mentioned by themself."""
    return [EVERYONE] if EVERYONE in named else [user_id for user_id in named if user_id != author]
