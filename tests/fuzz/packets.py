"""The packet path below the network: whatever is said becomes a packet or is rejected, once each, and nothing is kept."""

from contextlib import suppress
from random import Random

from chat.domain.errors import ChatError
from chat.domain.protocol import parse_event
from gevent_socketio.interface import Options
from gevent_socketio.socketio import codec
from gevent_socketio.socketio.codec import InvalidPacket, Kind, Packet
from gevent_socketio.socketio.packet_reader import PacketReader
from tests.fuzz.mutation import damaged
from tests.fuzz.packet_texts import socket_text

_MESSAGE_BYTES = 500


def check_packets(random: Random) -> None:
    """Try one conversation."""
    reader = _Ledger(Options(frozenset({"/"}), message_bytes=_MESSAGE_BYTES, attachments=random.choice((0, 1, 2, 10))))
    for _ in range(random.randint(1, 5)):
        text = damaged(random, socket_text(random).encode()).decode(errors="replace")
        reader.say_text(text)
        announced = int(text[1]) if text[:1] in ("5", "6") and text[1:2] in ("0", "1", "2", "3") else 0
        for _ in range(announced + random.choice((0, 0, 0, 0, -1, 1))):
            reader.say_bytes(random.randbytes(random.choice((0, 1, 10, 400, 600))))
    reader.balance()


class _Ledger:
    """Books what was said, and what became of it."""

    def __init__(self, options: Options) -> None:
        self._reader = PacketReader(options)
        self._most = options.attachments
        self._said: list[str | bytes] = []
        self._settled: list[str | bytes] = []

    def say_text(self, text: str) -> None:
        self._said.append(text)
        self._reader.read_text(text, self)

    def say_bytes(self, content: bytes) -> None:
        self._said.append(content)
        self._reader.read_attachment(content, self)

    def handle_packet(self, packet: Packet, text: str, attachments: list[bytes]) -> None:
        assert len(attachments) == packet.attachments <= self._most
        assert sum(map(len, attachments)) <= _MESSAGE_BYTES
        assert attachments == self._said[len(self._said) - len(attachments) :]
        self._settled += [text, *attachments]
        _check(packet)

    def handle_invalid(self, message: str | bytes) -> None:
        self._settled.append(message)

    def balance(self) -> None:
        """Each text was settled once, in its order; so was each attachment, but for those of a packet that was given up."""
        self._reader.read_text("", self)
        texts = [said for said in self._said if isinstance(said, str)]
        assert [settled for settled in self._settled if isinstance(settled, str)] == [*texts, ""]
        left = iter(self._said)
        assert all(settled in left for settled in self._settled if isinstance(settled, bytes))


def _check(packet: Packet) -> None:
    """A packet says the same when it is written again; its body is an application's to read."""
    with suppress(ChatError):
        parse_event(packet.body)
    if packet.kind is Kind.CONNECT:
        with suppress(InvalidPacket):
            assert isinstance(codec.decode_auth(packet.body), dict)
    elif packet.kind in (Kind.EVENT, Kind.BINARY_EVENT) and packet.ack_id is None:
        written = codec.event(packet.namespace, packet.body, [b""] * packet.attachments)
        assert codec.parse(written.text[1:]) == packet._replace(kind=Kind(5) if packet.attachments else Kind(2))
