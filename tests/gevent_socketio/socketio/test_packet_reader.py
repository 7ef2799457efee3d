"""Texts and their attachments become packets; incomplete packets are dropped."""

from hypothesis import given
from hypothesis import strategies as st

from gevent_socketio.interface import Options
from gevent_socketio.socketio.codec import Packet
from gevent_socketio.socketio.packet_reader import PacketReader

OPTIONS = Options(frozenset({"/"}), message_bytes=100, attachments=3)

contents = st.lists(st.binary(max_size=30), max_size=3)
conversations = st.lists(st.text(alphabet='0256-["]1,/a', max_size=8) | st.binary(max_size=60), max_size=12)


class Reader:
    """A packet reader, and a handler that keeps what it is given, as it came."""

    def __init__(self, options: Options = OPTIONS) -> None:
        self._reader = PacketReader(options)
        self.packets: list[tuple[str, list[bytes]]] = []
        self.invalid: list[str | bytes] = []
        self.texts: list[str] = []

    def handle_packet(self, packet: Packet, text: str, attachments: list[bytes]) -> None:
        self.packets.append((text, attachments))
        self.texts.append(text)

    def handle_invalid(self, message: str | bytes) -> None:
        self.invalid.append(message)
        if isinstance(message, str):
            self.texts.append(message)

    def read(self, *messages: str | bytes) -> None:
        for message in messages:
            if isinstance(message, str):
                self._reader.read_text(message, self)
            else:
                self._reader.read_attachment(message, self)


@given(st.lists(contents, max_size=5))
def test_packets_come_with_their_attachments(packets: list[list[bytes]]) -> None:
    reader = Reader()
    expected = []
    for attachments in packets:
        text = f'5{len(attachments)}-["a"]'
        reader.read(text, *attachments)
        expected.append((text, attachments))
    assert (reader.packets, reader.invalid) == (expected, [])


@given(conversations)
def test_each_text_is_handled_once_and_in_order(said: list[str | bytes]) -> None:
    reader = Reader()
    reader.read(*said, "")
    assert reader.texts == [*(text for text in said if isinstance(text, str)), ""]


def test_a_packet_without_all_attachments_is_dropped_at_the_next() -> None:
    reader = Reader()
    reader.read('52-["a"]', b"one", '2["b"]', b"two")
    assert reader.invalid == ['52-["a"]', b"two"]
    assert reader.packets == [('2["b"]', [])]


def test_too_many_or_too_large_attachments_are_not_waited_for() -> None:
    reader = Reader()
    reader.read('54-["too many"]', b"x", '52-["too large"]', b"x" * 60, b"x" * 60, b"y")
    assert reader.invalid == ['54-["too many"]', b"x", '52-["too large"]', b"y"]
    assert reader.packets == []


def test_without_attachments_a_reader_keeps_nothing() -> None:
    reader = Reader(OPTIONS._replace(attachments=0))
    reader.read('51-["a"]', b"x", '50-["b"]')
    assert reader.invalid == ['51-["a"]', b"x", '50-["b"]']
