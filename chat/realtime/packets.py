"""Socket.IO packets made once and sent to many."""

import msgspec
from engineio.packet import MESSAGE, Packet

from chat.events import NAMESPACE

_EVENT = f"2{NAMESPACE},"
_ACKNOWLEDGEMENT = f"3{NAMESPACE},"


class PreparedPacket(Packet):  # type: ignore[misc]  # engineio has no types
    """A text packet that is encoded when it is made, not once for every person it goes to."""

    def __init__(self, text: str) -> None:
        super().__init__(MESSAGE, text)
        self.encode_cache = "4" + text


def event_packet(name: str, payload: bytes) -> PreparedPacket:
    """Return `name` with a payload that is JSON already."""
    return PreparedPacket(f'{_EVENT}["{name}",{payload.decode()}]')


def acknowledgement(packet_id: int, answer: object) -> PreparedPacket:
    """Return the answer to the client's packet of this id."""
    return PreparedPacket(f"{_ACKNOWLEDGEMENT}{packet_id}[{msgspec.json.encode(answer).decode()}]")
