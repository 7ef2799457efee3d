"""Makes packets of what comes in one after another: texts, and the attachments that follow some of them."""

from gevent_socketio.interface import Options
from gevent_socketio.socketio import codec
from gevent_socketio.socketio.codec import Kind, NotAPacket, Packet


class PacketReader:
    """Hands on whole packets, and what is none; bounded in the number and the size of attachments."""

    __slots__ = ("_assembly", "_options")

    def __init__(self, options: Options) -> None:
        self._options = options
        self._assembly: _Assembly | None = None

    def handle(self, packet: Packet, text: str, attachments: list[bytes]) -> None:
        """Take a whole packet, and its text as it came."""
        raise NotImplementedError

    def reject(self, text: str | bytes) -> None:
        """Take what is no packet."""
        raise NotImplementedError

    def read_text(self, text: str) -> None:
        """Take a text: a packet, or one's first part."""
        self._give_up()
        try:
            packet = codec.parse(text)
        except NotAPacket:
            self.reject(text)
            return
        if packet.kind < Kind.BINARY_EVENT:
            self.handle(packet, text, [])
        elif packet.attachments > self._options.attachments or not self._options.attachments:
            self.reject(text)
        elif packet.attachments:
            self._assembly = _Assembly(packet, text)
        else:
            self.handle(packet, text, [])

    def read_attachment(self, attachment: bytes) -> None:
        """Take an attachment of the packet before it."""
        assembly = self._assembly
        if assembly is None:
            self.reject(attachment)
        elif not assembly.add(attachment, self._options.message_bytes):
            self._give_up()
        elif len(assembly.attachments) == assembly.packet.attachments:
            self._assembly = None
            self.handle(assembly.packet, assembly.text, assembly.attachments)

    def _give_up(self) -> None:
        assembly, self._assembly = self._assembly, None
        if assembly is not None:
            self.reject(assembly.text)


class _Assembly:
    """A binary packet whose attachments are still on their way."""

    __slots__ = ("_size", "attachments", "packet", "text")

    def __init__(self, packet: Packet, text: str) -> None:
        self.packet = packet
        self.text = text
        self.attachments: list[bytes] = []
        self._size = 0

    def add(self, attachment: bytes, most: int) -> bool:
        """Keep an attachment; False when all together are larger than a message may be."""
        self.attachments.append(attachment)
        self._size += len(attachment)
        return self._size <= most
