"""Assembles packets from a client's messages: texts, and the attachments that follow some of them."""

from typing import Protocol

from gevent_socketio.interface import Options
from gevent_socketio.socketio import codec
from gevent_socketio.socketio.codec import InvalidPacket, Kind, Packet

_FIRST_BINARY = Kind.BINARY_EVENT


class PacketHandler(Protocol):
    """Receives the result: one call for each text, in order."""

    def handle_packet(self, packet: Packet, text: str, attachments: list[bytes]) -> None:
        """Handle a complete packet; `text` is its original."""
        ...

    def handle_invalid(self, message: str | bytes) -> None:
        """Handle a text that is not a packet or whose attachments did not follow, or an attachment without a packet."""
        ...


class PacketReader:
    """Limits the number and the size of attachments.

    The handler is an argument of each call, because storing it would be a reference cycle.
    """

    __slots__ = ("_assembly", "_options")

    def __init__(self, options: Options) -> None:
        self._options = options
        self._assembly: _Assembly | None = None

    def read_text(self, text: str, handler: PacketHandler) -> None:
        """Read a packet, or its first part."""
        if self._assembly is not None:
            self._give_up(handler)
        try:
            packet = codec.parse(text)
        except InvalidPacket:
            handler.handle_invalid(text)
            return
        if packet.kind < _FIRST_BINARY:
            handler.handle_packet(packet, text, [])
        elif packet.attachments > self._options.attachments or not self._options.attachments:
            handler.handle_invalid(text)
        elif packet.attachments:
            self._assembly = _Assembly(packet, text)
        else:
            handler.handle_packet(packet, text, [])

    def read_attachment(self, attachment: bytes, handler: PacketHandler) -> None:
        """Read an attachment of the last packet."""
        assembly = self._assembly
        if assembly is None:
            handler.handle_invalid(attachment)
        elif not assembly.add(attachment, self._options.message_bytes):
            self._give_up(handler)
        elif len(assembly.attachments) == assembly.packet.attachments:
            self._assembly = None
            handler.handle_packet(assembly.packet, assembly.text, assembly.attachments)

    def _give_up(self, handler: PacketHandler) -> None:
        assembly, self._assembly = self._assembly, None
        if assembly is not None:
            handler.handle_invalid(assembly.text)


class _Assembly:
    """A binary packet that lacks attachments."""

    __slots__ = ("_size", "attachments", "packet", "text")

    def __init__(self, packet: Packet, text: str) -> None:
        self.packet = packet
        self.text = text
        self.attachments: list[bytes] = []
        self._size = 0

    def add(self, attachment: bytes, most: int) -> bool:
        """Add an attachment; False if all together are larger than `most` bytes."""
        self.attachments.append(attachment)
        self._size += len(attachment)
        return self._size <= most
