"""A message's JSON as it was sent, divided into what the archive's columns say anyway, and the rest. Pure."""

from typing import NamedTuple

import msgspec

from chat.domain.types import Author, RoomId

# The members in the order in which append.lua writes them. What is written otherwise is kept whole: a copy that is equal byte
# by byte matters more than the space.
_encode = msgspec.json.encode
_END = b"}"


class Columns(NamedTuple):
    """What the archive's columns, and the author's byline, say of a message."""

    room_id: RoomId
    seq: int
    epoch: str
    sent_at: int
    client_id: str
    author: Author | None
    text: str
    kind: str


def rest_of(columns: Columns, payload: bytes) -> bytes:
    """Return what the columns do not say: nothing, further members of the object, or all of a message that they differ from."""
    beginning = _beginning(columns)
    rest = payload[len(beginning) : -1]
    return rest if payload == beginning + rest + _END and (not rest or rest.startswith(b",")) else payload


def whole(columns: Columns, rest: bytes) -> bytes:
    """Return the message's JSON again, byte by byte as `rest_of` took it."""
    return rest if is_whole(rest) else _beginning(columns) + rest + _END


def is_whole(rest: bytes) -> bool:
    """Whether this is a message's JSON by itself, independent of the columns."""
    return rest.startswith(b"{")


def _beginning(columns: Columns) -> bytes:
    room_id, seq, epoch, sent_at, client_id, author, text, kind = columns
    return b'{"room":%d,"seq":%d,"epoch":%b,"sent_at":%d,"client_id":%b,"author":%b,"text":%b,"kind":%b' % (
        room_id,
        seq,
        _encode(epoch),
        sent_at,
        _encode(client_id),
        _encode(author),
        _encode(text),
        _encode(kind),
    )
