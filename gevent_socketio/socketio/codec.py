"""Socket.IO v5 packets as text, parsed no further than their sender's wishes need.

<type>[<number of attachments>-][<namespace>,][<acknowledgement id>][<JSON>]; the main namespace "/" is left out.
The JSON of an event is not decoded here: the application knows what it expects and reads it once.
"""

import re
from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

import msgspec

from gevent_socketio.engineio.packet import PreparedPacket

MAIN = "/"


class Kind(IntEnum):
    """A packet's type, as the wire numbers it."""

    CONNECT = 0
    DISCONNECT = 1
    EVENT = 2
    ACK = 3
    CONNECT_ERROR = 4
    BINARY_EVENT = 5
    BINARY_ACK = 6


class Packet(NamedTuple):
    """What a client sent. The body is JSON that nobody has read yet, or empty."""

    kind: Kind
    namespace: str
    packet_id: int | None
    body: str
    attachments: int


class NotAPacket(ValueError):
    """The text says nothing in Socket.IO's language."""


# ASCII digits, and no more than a number of JavaScript has: int() of a million digits takes minutes.
_HEAD = re.compile(r"([0-6])(?:([0-9]{1,4})-)?(?:(/[^,]*)(?:,|\Z))?([0-9]{1,16})?")
_KINDS = tuple(Kind)
_WITH_BODY = frozenset({Kind.EVENT, Kind.ACK, Kind.BINARY_EVENT, Kind.BINARY_ACK})
_WITH_ATTACHMENTS = frozenset({Kind.BINARY_EVENT, Kind.BINARY_ACK})


def parse(text: str) -> Packet:
    """Return the packet; raises NotAPacket, and nothing else whatever the text is."""
    head = _HEAD.match(text)
    if head is None:
        raise NotAPacket("unknown type")
    digit, attachments, namespace, packet_id = head.groups()
    packet = Packet(
        _KINDS[int(digit)],
        namespace or MAIN,
        None if packet_id is None else int(packet_id),
        text[head.end() :],
        int(attachments or 0),
    )
    _check(packet, attachments is not None)
    return packet


def decode_auth(body: str) -> object:
    """Return what a CONNECT packet brought along: an object, empty if it said nothing; raises NotAPacket."""
    if not body:
        return {}
    try:
        auth = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise NotAPacket("broken auth") from error
    if not isinstance(auth, dict):
        raise NotAPacket("auth must be an object")
    return auth


def connected(namespace: str, session_id: str) -> PreparedPacket:
    """Return the welcome to a namespace."""
    return PreparedPacket(f'40{_prefix(namespace)}{{"sid":"{session_id}"}}')


def refused(namespace: str, message: str, data: object = None) -> PreparedPacket:
    """Return the refusal of a CONNECT, with what the application has to say about it."""
    answer = {"message": message} if data is None else {"message": message, "data": data}
    return PreparedPacket(f"44{_prefix(namespace)}{msgspec.json.encode(answer).decode()}")


def disconnected(namespace: str) -> PreparedPacket:
    """Return the packet that ends a namespace: who comes back after it must be let in anew."""
    return PreparedPacket(f"41{_prefix(namespace)}")


def event(namespace: str, body: str, attachments: Sequence[bytes] = ()) -> PreparedPacket:
    """Return an event whose JSON array, its name first, is encoded already."""
    return PreparedPacket(f"4{_type(Kind.EVENT, attachments)}{_prefix(namespace)}{body}", attachments)


def acknowledgement(namespace: str, packet_id: int, body: str, attachments: Sequence[bytes] = ()) -> PreparedPacket:
    """Return the answer, a JSON array, to the client's packet of this id."""
    return PreparedPacket(f"4{_type(Kind.ACK, attachments)}{_prefix(namespace)}{packet_id}{body}", attachments)


def _check(packet: Packet, counts_attachments: bool) -> None:
    if counts_attachments != (packet.kind in _WITH_ATTACHMENTS):
        raise NotAPacket("attachments belong to binary packets, and to all of them")
    if packet.kind in _WITH_BODY and not (packet.body.startswith("[") and packet.body.endswith("]")):
        raise NotAPacket("the body must be an array")
    if packet.kind is Kind.DISCONNECT and packet.body:
        raise NotAPacket("a farewell has no body")


def _type(kind: Kind, attachments: Sequence[bytes]) -> str:
    return f"{kind + 3:d}{len(attachments)}-" if attachments else f"{kind:d}"


def _prefix(namespace: str) -> str:
    return "" if namespace == MAIN else f"{namespace},"
