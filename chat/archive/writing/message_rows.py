"""Messages, and what was changed of them, as the archive's rows: by SQL for many rooms at once.

By hand: with the ORM's query building, archiving took as much of a busy process as serving it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from django.db import connection

from chat.archive.writing.bylines import byline_ids
from chat.archive.writing.mention_index import Naming, add_mentions, change_mentions
from chat.archive.writing.reply_index import add_replies
from chat.domain.message_json import Columns, is_whole, rest_of
from chat.domain.types import Author, MessageId, RoomId, UserId
from chat.live.recovery import Amendment
from chat.models import Message


class _Wire(msgspec.Struct):
    """What the archive holds in columns of its own."""

    seq: int
    epoch: str
    sent_at: int
    client_id: str = ""
    text: str = ""
    kind: str = "text"
    author: Author | None = None
    reply_to: int | None = None
    mentions: list[UserId] = []


class _State(msgspec.Struct):
    text: str | None = None
    mentions: list[UserId] = []
    deleted_by: int | None = None


_decode_wire = msgspec.json.Decoder(_Wire).decode
_decode_state = msgspec.json.Decoder(_State).decode

# "long" is a word to our SQLite backend: 200 long messages take 80 ms, in a thread.
_ADD = """
    INSERT /* long */ INTO chat_message
        (room_id, seq, epoch, author_id, client_id, text, sent_at, kind, byline_id, rest, amendment, reactions, rev, deleted)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, '', '', 0, FALSE) ON CONFLICT DO NOTHING
"""
_AMEND = """
    UPDATE /* long */ chat_message SET amendment = %s, reactions = %s, deleted = %s, rev = %s, text = COALESCE(%s, text)
    WHERE room_id = %s AND seq = %s AND rev < %s
"""


def texts_in(messages: Iterable[tuple[RoomId, bytes]], amendments: Iterable[tuple[RoomId, Amendment]]) -> Iterator[str]:
    """Give the texts that these bring."""
    yield from (_decode_wire(payload).text for _, payload in messages)
    yield from (state.text for state in (_decode_state(amendment.state) for _, amendment in amendments) if state.text)


def add_messages(payloads: Sequence[tuple[RoomId, bytes]]) -> list[MessageId]:
    """Add messages as they are in the live log, with whom they name and answer; return their ids."""
    if not payloads:
        return []
    wires = [(room_id, _decode_wire(payload)) for room_id, payload in payloads]
    bylines = byline_ids(wire.author for _, wire in wires if wire.author)
    rows = [_row(*wire, bylines, payload) for wire, (_, payload) in zip(wires, payloads, strict=True)]
    with connection.cursor() as cursor:
        cursor.executemany(_ADD, rows)
    add_mentions(Naming(room_id, wire.seq, _author_id(wire), wire.mentions) for room_id, wire in wires if wire.mentions)
    answered: dict[RoomId, dict[int, int]] = defaultdict(dict)
    for room_id, wire in wires:
        if wire.reply_to:
            answered[room_id][wire.seq] = wire.reply_to
    for room_id, replies in answered.items():
        add_replies(room_id, replies)
    return [(room_id, wire.seq) for room_id, wire in wires]


def amend_messages(amendments: Sequence[tuple[RoomId, Amendment]]) -> None:
    """Bring messages to what they are now; what is older than that changes nothing."""
    if not amendments:
        return
    states = [_decode_state(amendment.state) for _, amendment in amendments]
    _keep_what_was_sent(
        (room_id, amendment.seq)
        for (room_id, amendment), state in zip(amendments, states, strict=True)
        if state.text is not None
    )
    with connection.cursor() as cursor:
        cursor.executemany(_AMEND, [_changes(*each, state) for each, state in zip(amendments, states, strict=True)])
    named: dict[RoomId, dict[int, list[UserId]]] = defaultdict(dict)
    for (room_id, amendment), state in zip(amendments, states, strict=True):
        if state.text is not None:
            named[room_id][amendment.seq] = state.mentions
    for room_id, changed in named.items():
        change_mentions(room_id, changed)


def _keep_what_was_sent(edited: Iterable[MessageId]) -> None:
    """Once a text is edited, the columns do not say any more what was sent."""
    by_room: dict[RoomId, list[int]] = defaultdict(list)
    for room_id, seq in edited:
        by_room[room_id].append(seq)
    for room_id, seqs in by_room.items():
        for message in Message.objects.with_bylines().filter(room_id=room_id, seq__in=seqs):
            if not is_whole(message.rest.encode()):
                message.rest = message.payload
                message.save(update_fields=["rest"])


def _row(room_id: RoomId, wire: _Wire, bylines: Mapping[Author, int], payload: bytes) -> tuple[Any, ...]:
    author, text, kind = wire.author, wire.text, wire.kind
    columns = Columns(room_id, wire.seq, wire.epoch, wire.sent_at, wire.client_id, author, text, kind)
    said = (wire.client_id, text, wire.sent_at, kind, bylines[author] if author else None, rest_of(columns, payload).decode())
    return (room_id, wire.seq, wire.epoch, _author_id(wire), *said)


def _author_id(wire: _Wire) -> UserId | None:
    return wire.author.id if wire.author else None


def _changes(room_id: RoomId, amendment: Amendment, state: _State) -> list[Any]:
    reactions = _by_emoji(amendment.reactions)
    deleted = state.deleted_by is not None
    return [amendment.state, reactions, deleted, amendment.rev, state.text, room_id, amendment.seq, amendment.rev]


def _by_emoji(reactions: Mapping[str, int]) -> str:
    """Emoji -> user ids in the order in which they reacted, as JSON."""
    by_emoji: dict[str, list[int]] = {}
    for field in sorted(reactions, key=lambda field: reactions[field]):
        emoji, _, user_id = field.rpartition("|")
        by_emoji.setdefault(emoji, []).append(int(user_id))
    return msgspec.json.encode(by_emoji).decode() if by_emoji else ""
