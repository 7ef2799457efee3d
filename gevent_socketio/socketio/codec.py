"""Parses and builds Socket.IO v5 packets.

<type>[<number of attachments>-][<namespace>,][<acknowledgement id>][<JSON>]; the main namespace "/" is left out.
An event's JSON is not decoded here: the application knows what it expects, and decodes it once.
"""

import re
from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

import msgspec

from gevent_socketio.packet import PreparedPacket

MAIN = "/"


class Kind(IntEnum):
    """A packet's type, as on the wire."""

    CONNECT = 0
    DISCONNECT = 1
    EVENT = 2
    ACK = 3
    CONNECT_ERROR = 4
    BINARY_EVENT = 5
    BINARY_ACK = 6


class Packet(NamedTuple):
    """A packet from a client. `body` is JSON that was not decoded, or empty; `attachments` is their number."""

    kind: Kind
    namespace: str
    ack_id: int | None
    body: str
    attachments: int


class InvalidPacket(ValueError):
    """The text is not a Socket.IO packet."""


# ASCII digits, and at most as many as JavaScript's integers have: int() of a million digits takes minutes.
_HEAD = re.compile(r"([0-6])(?:([0-9]{1,4})-)?(?:(/[^,]*)(?:,|\Z))?([0-9]{1,16})?")
_KINDS = tuple(Kind)
# First digits: to hash or to print an enumeration's member runs Python code, and every packet comes through here.
_WITH_BODY = "2356"
_WITH_ATTACHMENTS = "56"


def parse(text: str) -> Packet:
    """Return the packet; raises InvalidPacket, and nothing else for any text."""
    head = _HEAD.match(text)
    if head is None:
        raise InvalidPacket("unknown type")
    digit, attachments, namespace, ack_id = head.groups()
    packet = Packet(
        _KINDS[int(digit)],
        namespace or MAIN,
        None if ack_id is None else int(ack_id),
        text[head.end() :],
        int(attachments or 0),
    )
    _check(packet, digit, attachments is not None)
    return packet


def decode_auth(body: str) -> object:
    """Return the JSON object of a CONNECT packet, empty if it has none; raises InvalidPacket."""
    if not body:
        return {}
    try:
        auth = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise InvalidPacket("invalid auth") from error
    if not isinstance(auth, dict):
        raise InvalidPacket("auth must be an object")
    return auth


def connected(namespace: str, session_id: str) -> PreparedPacket:
    """Return the answer to an accepted CONNECT."""
    return PreparedPacket(f'40{_prefix(namespace)}{{"sid":"{session_id}"}}')


def refused(namespace: str, message: str, data: object = None) -> PreparedPacket:
    """Return the answer to a refused CONNECT; `data` is anything that msgspec encodes as JSON."""
    error = {"message": message} if data is None else {"message": message, "data": data}
    return PreparedPacket(f"44{_prefix(namespace)}{msgspec.json.encode(error).decode()}")


def disconnected(namespace: str) -> PreparedPacket:
    """Return the packet that disconnects a client from a namespace."""
    return PreparedPacket(f"41{_prefix(namespace)}")


def event(namespace: str, body: str, attachments: Sequence[bytes] = ()) -> PreparedPacket:
    """Return an event; `body` is a JSON array, encoded, that starts with the event's name."""
    kind = f"5{len(attachments)}-" if attachments else "2"
    return PreparedPacket(f"4{kind}{_prefix(namespace)}{body}", attachments)


def acknowledgement(namespace: str, ack_id: int, body: str, attachments: Sequence[bytes] = ()) -> PreparedPacket:
    """Return the acknowledgement of a client's event; `body` is a JSON array, encoded."""
    kind = f"6{len(attachments)}-" if attachments else "3"
    return PreparedPacket(f"4{kind}{_prefix(namespace)}{ack_id}{body}", attachments)


def _check(packet: Packet, digit: str, counts_attachments: bool) -> None:
    if counts_attachments != (digit in _WITH_ATTACHMENTS):
        raise InvalidPacket("binary packets, and only they, have a number of attachments")
    if digit in _WITH_BODY and not (packet.body.startswith("[") and packet.body.endswith("]")):
        raise InvalidPacket("the body must be an array")
    if packet.kind is Kind.DISCONNECT and packet.body:
        raise InvalidPacket("a disconnect packet has no body")


def _prefix(namespace: str) -> str:
    return "" if namespace == MAIN else f"{namespace},"
