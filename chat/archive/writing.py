"""Writing to the archive: what was taken from the live log and how far the archive then is, in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from django.db import connection, transaction

from chat.archive.naming import Naming, add_mentions, change_mentions
from chat.archive.replying import add_replies
from chat.archive.search.indexing import indexing
from chat.entities import Author, RoomId, UserId
from chat.models import ArchivedEpoch, ArchiveState
from chat.stores.archiving import Unarchived
from chat.stores.recovery import Amendment


class Copied(NamedTuple):
    """How far a room is archived, and behind which fence."""

    seq: int
    rev: int
    epoch: str
    fence: str


class Part(NamedTuple):
    """What follows `known`, which was read before it was taken from Redis.

    `ends` of all earlier epochs, when another one than the known has begun.
    """

    room_id: RoomId
    known: Copied
    new: Unarchived
    ends: Mapping[str, tuple[int, int]]


class Overtaken(Exception):
    """Another archiver was here, or a recovery has raised the fence: what was taken from Redis may not be written."""


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

# By hand: with the ORM's query building, archiving took as much of a busy process as serving it.
_CLAIM = """
    UPDATE chat_archivestate SET seq = %s, rev = %s, epoch = %s WHERE room_id = %s AND seq = %s AND rev = %s AND fence = %s
"""
_ADD = """
    INSERT INTO chat_message
        (room_id, seq, epoch, author_id, client_id, text, sent_at, kind, payload, amendment, reactions, rev, deleted)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, '', '', 0, FALSE) ON CONFLICT DO NOTHING
"""
_NOTE_END = """
    INSERT INTO chat_archivedepoch (room_id, epoch, seq, rev) VALUES (%s, %s, %s, %s)
    ON CONFLICT (room_id, epoch) DO UPDATE SET seq = EXCLUDED.seq, rev = EXCLUDED.rev
"""
_AMEND = """
    UPDATE chat_message SET amendment = %s, reactions = %s, deleted = %s, rev = %s, text = COALESCE(%s, text)
    WHERE room_id = %s AND seq = %s AND rev < %s
"""


def copied(room_ids: Iterable[RoomId] | None = None) -> dict[RoomId, Copied]:
    """Return how far these rooms, or all, are archived."""
    states = ArchiveState.objects.all() if room_ids is None else ArchiveState.objects.filter(room_id__in=room_ids)
    return {state.room_id: Copied(state.seq, state.rev, state.epoch, state.fence) for state in states}


def begin(room_id: RoomId) -> Copied | None:
    """Make a room's place in the archive, unless it has one, and return it."""
    ArchiveState.objects.bulk_create([ArchiveState(room_id=room_id)], ignore_conflicts=True)
    return copied([room_id]).get(room_id)


def write(parts: Sequence[Part]) -> dict[RoomId, Copied]:
    """Add parts of rooms, all or none; return how far each room then is. Raises Overtaken."""
    with transaction.atomic():
        return {part.room_id: _write(*part) for part in parts}


def _write(room_id: RoomId, known: Copied, new: Unarchived, ends: Mapping[str, tuple[int, int]]) -> Copied:
    now = Copied(new.upto.seq, new.upto.rev, new.upto.epoch, known.fence)
    _claim(room_id, known, now)
    with indexing(room_id, [amendment.seq for amendment in new.amendments]) as changing:
        changing += _add(room_id, new.messages)
        _amend(room_id, new.amendments)
    _note_ends(room_id, {**ends, now.epoch: (now.seq, now.rev)})
    if ends:
        _forget_other_epochs(room_id, [*ends, now.epoch])
    return now


def _claim(room_id: RoomId, known: Copied, now: Copied) -> None:
    """First of all, since this locks the state's row: whoever comes second finds it changed."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [now.seq, now.rev, now.epoch, room_id, known.seq, known.rev, known.fence])
        if not cursor.rowcount:
            raise Overtaken


def _add(room_id: RoomId, payloads: Sequence[bytes]) -> list[int]:
    if not payloads:
        return []
    wires = [_decode_wire(payload) for payload in payloads]
    with connection.cursor() as cursor:
        cursor.executemany(_ADD, [_row(room_id, wire, payload) for wire, payload in zip(wires, payloads, strict=True)])
    add_mentions(room_id, [Naming(wire.seq, _author_id(wire), wire.mentions) for wire in wires])
    add_replies(room_id, {wire.seq: wire.reply_to for wire in wires if wire.reply_to})
    return [wire.seq for wire in wires]


def _row(room_id: RoomId, wire: _Wire, payload: bytes) -> tuple[Any, ...]:
    said = (wire.client_id, wire.text, wire.sent_at, wire.kind, payload.decode())
    return (room_id, wire.seq, wire.epoch, _author_id(wire), *said)


def _author_id(wire: _Wire) -> UserId | None:
    return wire.author.id if wire.author else None


def _amend(room_id: RoomId, amendments: Sequence[Amendment]) -> None:
    if not amendments:
        return
    states = {amendment.seq: _decode_state(amendment.state) for amendment in amendments}
    with connection.cursor() as cursor:
        cursor.executemany(_AMEND, [_changes(room_id, amendment, states[amendment.seq]) for amendment in amendments])
    change_mentions(room_id, {seq: state.mentions for seq, state in states.items() if state.text is not None})


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


def _note_ends(room_id: RoomId, ends: Mapping[str, tuple[int, int]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(_NOTE_END, [(room_id, epoch, *end) for epoch, end in ends.items()])


def _forget_other_epochs(room_id: RoomId, remembered: Sequence[str]) -> None:
    """What the live room has forgotten serves nobody here."""
    ArchivedEpoch.objects.filter(room_id=room_id).exclude(epoch__in=remembered).delete()
