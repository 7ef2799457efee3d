"""Packets of the chat, encoded once for any number of recipients."""

import msgspec

from chat.domain.protocol import NAMESPACE
from gevent_socketio.packet import PreparedPacket
from gevent_socketio.socketio import codec


def event_packet(name: str, payload: bytes) -> PreparedPacket:
    """Return the packet of an event; the payload is JSON already."""
    return codec.event(NAMESPACE, f'["{name}",{payload.decode()}]')


def acknowledgement(ack_id: int, answer: object) -> PreparedPacket:
    """Return the answer to the client's packet of this id."""
    return codec.acknowledgement(NAMESPACE, ack_id, f"[{msgspec.json.encode(answer).decode()}]")
